namespace Sampan.Kubelet.Network;

/// <summary>A resolv.conf, read.</summary>
internal sealed record HostResolver(IReadOnlyList<string> Servers, IReadOnlyList<string> Searches, IReadOnlyList<string> Options)
{
    public static HostResolver Read(string path) => File.Exists(path) ? Parse(File.ReadLines(path)) : new([], [], []);

    public static HostResolver Parse(IEnumerable<string> lines)
    {
        List<string> servers = [];
        string[] searches = [], options = [];
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
                    options = words[1..];
                    break;
            }
        }

        return new(servers, [.. searches.Where(s => s != ".")], options);
    }
}
