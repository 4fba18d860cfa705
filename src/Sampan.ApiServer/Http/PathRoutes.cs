namespace Sampan.ApiServer.Http;

/// <summary>Routes of paths that are not resources: exact ones first, then the longest prefix.</summary>
internal sealed class PathRoutes
{
    private readonly Dictionary<string, RequestHandler> _exact = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, RequestHandler Handler)> _prefixes = [];

    /// <summary>The paths that "/" lists.</summary>
    public IEnumerable<string> Paths => _exact.Keys.Concat(_prefixes.Select(route => route.Prefix.TrimEnd('/')));

    public void Map(string path, RequestHandler handler) => _exact[path] = handler;

    /// <summary>The prefix ends in a slash and matches everything below it.</summary>
    public void MapPrefix(string prefix, RequestHandler handler)
    {
        _prefixes.Add((prefix, handler));
        _prefixes.Sort((a, b) => b.Prefix.Length - a.Prefix.Length);
    }

    public RequestHandler? Find(string path)
    {
        if (_exact.TryGetValue(path, out var handler) || (path.Length > 1 && _exact.TryGetValue(path.TrimEnd('/'), out handler)))
        {
            return handler;
        }
        foreach (var (prefix, prefixed) in _prefixes)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
            {
                return prefixed;
            }
        }
        return null;
    }
}
