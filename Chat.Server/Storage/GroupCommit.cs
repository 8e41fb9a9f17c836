using System.Data.Common;
using System.Threading.Channels;
using Chat.Contracts;

namespace Chat.Server.Storage;

/// <summary>
/// The one writer. It takes what is waiting, runs one request after another, commits once for all of them and only then answers.
/// It promises:
/// 1. a request is answered after its commit, or fails with nothing of it stored, or fails with <see cref="Refusal.OutcomeUnknown"/>;
/// 2. one request's failure undoes that request alone;
/// 3. what requests asked to have done after the commit is done in the order of the commits, before their answers;
/// 4. more than <see cref="QueueLength"/> waiting requests are refused, not queued;
/// 5. a scrubbing asked for by a request's deed has been tried before that request is answered;
/// 6. no request waits for a database that cannot be written longer than the one that tries: all who wait are refused with it.
/// A request may be run again from its beginning, so it changes nothing but the database.
/// </summary>
internal sealed partial class GroupCommit : IAsyncDisposable
{
    public const int QueueLength = 1024;
    private const int BatchLength = 64;

    private readonly Func<CancellationToken, Task<Sql>> _open;
    private readonly Dialect _dialect;
    private readonly ILogger _logger;
    private readonly Channel<Request> _waiting =
        Channel.CreateBounded<Request>(new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Task _loop;
    private readonly Scrubbing _scrubbing;
    private readonly Emptying _emptying;
    private int _woken;

    // Used by the loop alone.
    private readonly List<Request> _batch = [];
    private Sql? _sql;
    private bool _isDown;

    public GroupCommit(Func<CancellationToken, Task<Sql>> open, Dialect dialect, ILogger logger)
    {
        _open = open;
        _dialect = dialect;
        _logger = logger;
        _scrubbing = new(dialect, logger);
        _emptying = new(dialect, logger);
        _loop = Loop();
    }

    public Task<T> Write<T>(Func<Sql, Task<T>> write)
    {
        var proviso = Proviso.Current;
        var request = new Request<T>(sql => proviso?.Invoke() is { } refusal ? throw new StorageFault(refusal) : write(sql));
        if (!_waiting.Writer.TryWrite(request)) throw new StorageFault(Refusal.ServerBusy);
        return request.Answer;
    }

    /// <summary>Asks to have what was overwritten made unreadable in the files; between two batches, once for all who ask meanwhile. Never fails.</summary>
    public void Scrub()
    {
        _scrubbing.Ask();
        Wake();
    }

    /// <summary>A reader, who may have been in the way of scrubbing, has gone.</summary>
    public void ReaderLeft()
    {
        if (_scrubbing.IsOwed) Wake();
    }

    // A queue that is full wakes the loop as well, and one knock is enough for all.
    private void Wake()
    {
        if (Interlocked.Exchange(ref _woken, 1) == 0) _waiting.Writer.TryWrite(new Request<bool>(_ => Task.FromResult(true)));
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        if (_sql is not null) await _sql.DisposeAsync();
    }

    private async Task Loop()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            _batch.Clear();
            while (_batch.Count < BatchLength && _waiting.Reader.TryRead(out var request)) _batch.Add(request);
            try
            {
                await Commit();
                if (_isDown) Log.IsBack(_logger);
                _isDown = false;
            }
            catch (Exception exception)
            {
                // Once, and not for each batch of what may be minutes of them.
                if (!_isDown) Log.BatchFailed(_logger, exception, _batch.Count);
                _isDown = _dialect.IsUnavailable(exception);
                await Drop();
                // Who waited meanwhile has waited as long, and would wait as long again.
                while (_waiting.Reader.TryRead(out var request)) _batch.Add(request);
                foreach (var request in _batch) request.Fail(_dialect.Fault(exception));
            }
        }
    }

    // A request seldom fails, and a savepoint for each costs as much as one of its statements: only where one did fail is everything
    // undone and each run again in a savepoint of its own.
    private async Task Commit()
    {
        if (await Commit(inSavepoints: false)) return;
        if (_batch.Count > 1) await Commit(inSavepoints: true);
        else _batch[0].Complete();
    }

    /// <summary>False where a request failed that had no savepoint: nothing is stored and nobody is answered.</summary>
    private async Task<bool> Commit(bool inSavepoints)
    {
        await using var transaction = await Begin();
        _sql!.Transaction = transaction;
        _sql.ForgetDeeds(0);

        foreach (var request in _batch)
        {
            if (inSavepoints) await transaction.SaveAsync("request");
            var deeds = _sql.Deeds;
            if (await request.Run(_sql, _dialect)) continue;
            if (inSavepoints)
            {
                _sql.ForgetDeeds(deeds);
                await transaction.RollbackAsync("request");
                continue;
            }
            await transaction.RollbackAsync();
            _sql.Transaction = null;
            return false;
        }

        try
        {
            await transaction.CommitAsync();
        }
        catch (Exception exception) when (!_dialect.IsUndone(exception))
        {
            Log.CommitFailed(_logger, exception, _batch.Count);
            await Drop();
            foreach (var request in _batch) request.Fail(new StorageFault(Refusal.OutcomeUnknown, exception));
            return true;
        }
        _sql.Transaction = null;
        _sql.DoDeeds();
        Volatile.Write(ref _woken, 0);
        await _scrubbing.Try(_sql);
        foreach (var request in _batch) request.Complete();
        await _emptying.Try(_sql);
        return true;
    }

    // The connection may have been closed since the last batch, when the database server was restarted.
    private async Task<DbTransaction> Begin()
    {
        if (_sql is { IsSpoilt: true }) await Drop();
        if (_sql is not null)
        {
            try
            {
                return await _dialect.Begin(_sql.Connection, CancellationToken.None);
            }
            catch (Exception exception) when (_dialect.IsLost(exception))
            {
                await Drop();
            }
        }
        _sql = await _open(CancellationToken.None);
        return await _dialect.Begin(_sql.Connection, CancellationToken.None);
    }

    private async Task Drop()
    {
        if (_sql is null) return;
        var sql = _sql;
        _sql = null;
        try
        {
            await sql.DisposeAsync();
        }
        catch (Exception exception)
        {
            Log.DropFailed(_logger, exception);
        }
    }

    private abstract class Request
    {
        /// <summary>False where only this request failed; throws where the whole transaction is lost.</summary>
        public abstract Task<bool> Run(Sql sql, Dialect dialect);

        /// <summary>Answers as the last run ended.</summary>
        public abstract void Complete();

        /// <summary>Answers why it was not done; where it failed by itself, that.</summary>
        public abstract void Fail(Exception exception);
    }

    private sealed class Request<T>(Func<Sql, Task<T>> write) : Request
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _value;
        private Exception? _failure;

        public Task<T> Answer => _answer.Task;

        public override async Task<bool> Run(Sql sql, Dialect dialect)
        {
            try
            {
                _value = await write(sql);
                await sql.Flush(); // what fails there is this request's
                _failure = null;
                return true;
            }
            catch (Exception exception) when (!dialect.IsUnavailable(exception))
            {
                _failure = exception;
                return false;
            }
        }

        public override void Complete()
        {
            if (_failure is null) _answer.TrySetResult(_value!);
            else _answer.TrySetException(_failure);
        }

        public override void Fail(Exception exception) => _answer.TrySetException(_failure ?? exception);
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Error, "A batch of {Count} writes failed and nothing of it is stored.")]
        public static partial void BatchFailed(ILogger logger, Exception exception, int count);

        [LoggerMessage(104, LogLevel.Information, "The database can be written again.")]
        public static partial void IsBack(ILogger logger);

        [LoggerMessage(101, LogLevel.Error, "Whether a batch of {Count} writes was committed is not known.")]
        public static partial void CommitFailed(ILogger logger, Exception exception, int count);

        [LoggerMessage(102, LogLevel.Debug, "A broken database connection could not be closed.")]
        public static partial void DropFailed(ILogger logger, Exception exception);
    }
}
