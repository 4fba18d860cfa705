namespace Sampan.Kubelet.Images.Providers;

/// <summary>Which images a login is for: a host, whose parts may hold <c>*</c>, perhaps a port, perhaps the beginning of a path.</summary>
internal static class ImagePattern
{
    /// <summary><c>*.registry.test/team</c> matches <c>eu.registry.test/team/app:1</c>, but not <c>a.b.registry.test/team/app</c>.</summary>
    public static bool Matches(string pattern, string image)
    {
        var (wantedHost, wantedPort, wantedPath) = Split(pattern);
        var (host, port, path) = Split(ImageName.Repository(image));
        var (wanted, parts) = (wantedHost.Split('.'), host.Split('.'));
        return wantedPort == port
            && wanted.Length == parts.Length
            && wanted.Zip(parts).All(p => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(p.First, p.Second, ignoreCase: false))
            && path.StartsWith(wantedPath, StringComparison.Ordinal);
    }

    private static (string Host, string Port, string Path) Split(string text)
    {
        var rest = text.Contains("://", StringComparison.Ordinal) ? text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..] : text;
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = (slash < 0 ? rest : rest[..slash]).Split(':', 2);
        return (authority[0], authority.ElementAtOrDefault(1) ?? "", slash < 0 ? "" : rest[slash..]);
    }
}
