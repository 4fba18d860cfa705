namespace Sampan.ApiServer.OpenApi;

/// <summary>
/// A document's bytes in each form, made when asked for and kept as long as memory allows: most clients never ask,
/// and those that do keep what they got by its ETag.
/// </summary>
internal sealed class OpenApiDocument(string hash, OpenApiFlavor flavor, Func<DocumentContent> content)
{
    private readonly WeakReference<byte[]?> _json = new(null);
    private readonly WeakReference<byte[]?> _proto = new(null);

    /// <summary>Names the content: equal hashes mean equal documents.</summary>
    public string Hash { get; } = hash;

    public string ETag => $"\"{Hash}\"";

    public byte[] Json => Keep(_json, () => OpenApiWriter.Write(content(), flavor));

    public byte[] Proto => Keep(_proto, () => flavor == OpenApiFlavor.V2 ? GnosticV2.FromJson(Json) : GnosticV3.FromJson(Json));

    private static byte[] Keep(WeakReference<byte[]?> kept, Func<byte[]> make)
    {
        if (kept.TryGetTarget(out var bytes) && bytes is not null)
            return bytes;
        bytes = make();
        kept.SetTarget(bytes);
        return bytes;
    }
}
