using System.Buffers;

namespace Chat.MessagePack;

/// <summary>
/// Bytes in one piece that grow as they are written, on arrays of the shared pool. Unlike <see cref="ArrayBufferWriter{T}"/> it gives its
/// memory back, and what is written may be changed or moved: the length of a map is known only after the map.
/// </summary>
internal sealed class PooledBuffer : IBufferWriter<byte>
{
    private readonly byte[] _own = new byte[16 * 1024];
    private byte[] _bytes;

    public PooledBuffer() => _bytes = _own;

    public int Length { get; private set; }

    public Span<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Adds <paramref name="count"/> bytes, to be filled by the caller: what stands in them is arbitrary.</summary>
    public Span<byte> Extend(int count)
    {
        var start = Length;
        if (_bytes.Length - start < count) Grow(count);
        Length = start + count;
        return _bytes.AsSpan(start, count);
    }

    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Extend(bytes.Length));

    public void Append(byte value)
    {
        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = value;
    }

    /// <summary>Gives back the last <paramref name="count"/> bytes.</summary>
    public void Retract(int count) => Length -= count;

    /// <summary>Moves all that stands from <paramref name="at"/> on by <paramref name="count"/> bytes.</summary>
    public void MakeRoom(int at, int count)
    {
        var tail = Length - at;
        Extend(count);
        _bytes.AsSpan(at, tail).CopyTo(_bytes.AsSpan(at + count));
    }

    /// <summary>Empty again; a rented array goes back to the pool.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes == _own) return;

        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = _own;
    }

    void IBufferWriter<byte>.Advance(int count) => Length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        if (_bytes.Length - Length < Math.Max(1, sizeHint)) Grow(Math.Max(1, sizeHint));
        return _bytes.AsMemory(Length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => ((IBufferWriter<byte>)this).GetMemory(sizeHint).Span;

    private void Grow(int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(2L * _bytes.Length, (long)Length + more)));
        Written.CopyTo(larger);
        if (_bytes != _own) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
