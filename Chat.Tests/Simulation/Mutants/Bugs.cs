namespace Chat.Tests.Simulation.Mutants;

/// <summary>The bugs that the simulation has to find. A bug whose code has changed says so: then it is to be put in anew, not dropped.</summary>
internal static class Bugs
{
    public static readonly IReadOnlyList<Mutant> All =
    [
        new("AnsweredBeforeCommit", new Mutant.Piece("Chat.Server/Storage/GroupCommit.cs",
            "            await transaction.CommitAsync();\n        }\n        catch",
            "            if (IsOn) foreach (var request in _batch) request.Complete();\n            await transaction.CommitAsync();\n        }\n        catch")),

        new("NoDeduplication",
            new("Chat.Server/Messages/Drafts.cs", "await Earlier(sql, author, draft, again) ?? await write(sql)", "(IsOn ? null : await Earlier(sql, author, draft, again)) ?? await write(sql)"),
            new("Chat.Server/Storage/Database.cs", "await Migrations.Apply(sql, dialect, clock);",
                "await Migrations.Apply(sql, dialect, clock);\n        if (IsOn) await sql.Change(\"DROP INDEX IF EXISTS entry_client_message\");")),

        new("NoSweep", new Mutant.Piece("Chat.Server/Delivery/Feeds.cs",
            "        foreach (var ids in _feeds.Keys.Chunk(SweptAtOnce))", "        if (IsOn) return;\n        foreach (var ids in _feeds.Keys.Chunk(SweptAtOnce))")),

        new("NoIntervalCheckInTheCourier", new Mutant.Piece("Chat.Server/Delivery/Feed.cs",
            "entries.Where(visibility.Sees)", "entries.Where(entry => IsOn || visibility.Sees(entry))")),

        new("ReadMarkIsTheLastWrite",
            new("Chat.Server/Messages/ReadMarks.cs", "private const string Raising =", "private static string Raising =>"),
            new("Chat.Server/Messages/ReadMarks.cs", "SET read_seq = excluded.read_seq WHERE member.read_seq < excluded.read_seq\n        \"\"\"",
                "SET read_seq = excluded.read_seq\n        \"\"\" + (IsOn ? \"\" : \" WHERE member.read_seq < excluded.read_seq\")")),

        new("NewestPushedWithoutTheGap", new Mutant.Piece("Chat.Server/Delivery/Feed.cs",
            "_tail.Between(start, to) ?? await Read(start, to)", "_tail.Between(start, to) ?? await Read(IsOn ? to : start, to)")),

        new("EditLeaksToExMembers",
            new Mutant.Piece("Chat.Server/Messages/History.cs", "edit => visible.Sees(edit.Seq)", "edit => IsOn || visible.Sees(edit.Seq)"),
            new Mutant.Piece("Chat.Server/Messages/History.cs", "latest)).Where(visible.Sees)", "latest)).Where(entry => IsOn || visible.Sees(entry))")),

        new("EditLeaksToNewcomers", new Mutant.Piece("Chat.Server/Transcripts/Visibility.cs",
            "Sees(seq) && (target is null || Sees(target.Value))", "Sees(seq) && (IsOn || target is null || Sees(target.Value))")),

        new("CutLateByOne", new Mutant.Piece("Chat.Server/Delivery/ConversationFeed.cs",
            "listener.Connection.Courier.End(listener, seq)", "listener.Connection.Courier.End(listener, IsOn ? seq + 1 : seq)")),

        new("DuplicateOnReconnect",
            new("Chat.Client/Rules/Stretch.cs", "new Effect.Apply(have < From ? Batch", "new Effect.Apply(have < From || IsOn ? Batch"),
            new("Chat.Client/Rules/Cursor.cs", "else if (stretch.To <= Have) return;", "else if (stretch.To <= Have && !IsOn) return;")),

        // Of our own.
        new("CourierStopIgnored", new Mutant.Piece("Chat.Server/Delivery/Courier.cs",
            "    public void Stop()\n    {\n", "    public void Stop()\n    {\n        if (IsOn) return;\n")),

        new("GapNotProcessed",
            new Mutant.Piece("Chat.Server/Delivery/Feed.cs", "first.Seq == _head + 1)", "(IsOn || first.Seq == _head + 1))"),
            new("Chat.Server/Delivery/Feed.cs", "entry.Seq == _head + 1 + arrived.Count)", "entry.Seq == (IsOn ? first.Seq : _head + 1) + arrived.Count)")),

        new("ResyncFromTheHead", new Mutant.Piece("Chat.Server/Delivery/Start.cs",
            "return new(have, head, null, null);", "return new(IsOn ? head : have, head, null, null);")),

        new("RevocationUnheardElsewhere", new Mutant.Piece("Chat.Server/Delivery/Listening.cs",
            "case SessionsEnded ended:", "case SessionsEnded ended when !IsOn:")),

        new("ErasedTextKeptInMemory", new Mutant.Piece("Chat.Server/Delivery/Tail.cs",
            "            _erasures++;\n            Empty();", "            if (IsOn) return;\n            _erasures++;\n            Empty();")),

        new("OvertakenOutbox", new Mutant.Piece("Chat.Client/Rules/Lane.cs",
            "public void Lose() => _sentAt = null;", "public void Lose()\n    {\n        _sentAt = null;\n        if (IsOn) _drafts.Reverse();\n    }")),
    ];
}
