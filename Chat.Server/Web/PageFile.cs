using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Chat.Server.Web;

/// <summary>One file of the page. Its name stays when its content changes, so a browser asks each time whether what it has still holds.</summary>
internal sealed class PageFile
{
    private static readonly FileExtensionContentTypeProvider Types = new();
    private readonly byte[] _content;
    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;
    private readonly string _hash;
    private readonly string _type;

    public PageFile(string name, Stream content)
    {
        using (content)
        {
            _content = new byte[content.Length];
            content.ReadExactly(_content);
        }
        _hash = Convert.ToHexStringLower(SHA256.HashData(_content).AsSpan(0, 12));
        _type = Types.TryGetContentType(name, out var type) ? type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type : "application/octet-stream";
        _brotli = new(() => Packed(into => new BrotliStream(into, CompressionLevel.Optimal, leaveOpen: true)));
        _gzip = new(() => Packed(into => new GZipStream(into, CompressionLevel.SmallestSize, leaveOpen: true)));
    }

    public IResult Answer(HttpContext context)
    {
        var (content, encoding) = Best(context.Request.GetTypedHeaders().AcceptEncoding);
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.Vary = "Accept-Encoding";
        if (encoding is not null) headers.ContentEncoding = encoding;
        return Results.Bytes(content, _type, entityTag: new($"\"{_hash}{(encoding is null ? "" : $"-{encoding}")}\""));
    }

    private (byte[] Content, string? Encoding) Best(IList<StringWithQualityHeaderValue> accepted)
    {
        if (Accepts("br")) return (_brotli.Value, "br");
        return Accepts("gzip") ? (_gzip.Value, "gzip") : (_content, null);

        bool Accepts(string encoding) => accepted.Any(each => each.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && each.Quality != 0);
    }

    private byte[] Packed(Func<Stream, Stream> packer)
    {
        using MemoryStream packed = new();
        using (var stream = packer(packed)) stream.Write(_content);
        return packed.ToArray();
    }
}
