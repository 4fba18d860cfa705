namespace Sampan.Client.Streaming;

/// <summary>
/// A server's answer to an upgrade request. With status 101, <see cref="Body"/> is the connection in both directions;
/// otherwise it is the refusal's text.
/// </summary>
public sealed record UpgradeResponse(int StatusCode, IReadOnlyList<KeyValuePair<string, string>> Headers, Stream Body) : IAsyncDisposable
{
    public bool IsSwitched => StatusCode == 101;

    public string? Header(string name) =>
        Headers.Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).FirstOrDefault();

    public ValueTask DisposeAsync() => Body.DisposeAsync();
}
