namespace Sampan.Kubelet.Network;

/// <summary>A resolv.conf, read.</summary>
internal sealed record HostResolver(IReadOnlyList<string> Servers, IReadOnlyList<string> Searches, IReadOnlyList<string> Options)
{
    public static HostResolver Read(string path) => File.Exists(path) ? Parse(File.ReadLines(path)) : new([], [], []);

    public static HostResolver Parse(IEnumerable<string> lines)
    {
        List<string> servers = [];
        IReadOnlyList<string> searches = [], options = [];
        foreach (var line in lines)
        {
            var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            switch (words.FirstOrDefault())
            {
                case "nameserver" when words.Length > 1:
                    servers.Add(words[1]);
                    break;
                case "search":
                    searches = words[1..];
                    break;
                case "options":
                    options = Override(options, words[1..]);
                    break;
            }
        }

        // With or without the dot at its end a domain is the same.
        return new(servers, [.. searches.Where(s => s != ".").Select(s => s.EndsWith('.') ? s[..^1] : s)], options);
    }

    /// <summary>An option that is given again has its last value.</summary>
    public static IReadOnlyList<string> Override(IReadOnlyList<string> options, IEnumerable<string> own)
    {
        var added = own.ToList();
        var overridden = added.Select(NameOf).ToHashSet();
        return [.. options.Where(o => !overridden.Contains(NameOf(o))), .. added];
    }

    private static string NameOf(string option) => option.Split(':')[0];
}
