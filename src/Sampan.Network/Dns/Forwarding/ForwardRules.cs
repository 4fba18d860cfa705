using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Forwarding;

/// <summary>
/// Who is asked for what is not the cluster's: for names below a stub domain its own servers, for others <see cref="Upstreams"/>, or
/// the host's where there are none. They are read from the ConfigMap <c>kube-system/kube-dns</c>, in kube-dns' form:
/// <code>
/// stubDomains:         {"corp.example": ["192.0.2.53"], "2.0.192.in-addr.arpa": ["192.0.2.53:5353"]}
/// upstreamNameservers: ["198.51.100.1", "198.51.100.2"]
/// </code>
/// </summary>
internal sealed class ForwardRules
{
    private const int DnsPort = 53;
    private readonly Dictionary<ReadOnlyMemory<byte>, ServerGroup> _stubs = new(DnsNameComparer.Instance);

    public static ForwardRules None { get; } = new();

    public ServerGroup? Upstreams { get; private set; }

    /// <summary>Reads the ConfigMap's data.</summary>
    /// <exception cref="FormatException">What is wrong, and in which key.</exception>
    public static ForwardRules Read(IReadOnlyDictionary<string, string> data)
    {
        var rules = new ForwardRules();
        foreach (var (domain, servers) in Json(data, "stubDomains", NetworkJson.Default.StubDomains) ?? [])
        {
            var name = DnsName.TryParse(domain) ?? throw new FormatException($"stubDomains: \"{domain}\" is no domain name");
            rules._stubs[name] = Group($"stubDomains: {domain}", servers);
        }

        if (Json(data, "upstreamNameservers", NetworkJson.Default.StringArray) is { Length: > 0 } upstreams) rules.Upstreams = Group("upstreamNameservers", upstreams);
        return rules;
    }

    /// <summary>The servers of the longest stub domain that the name is in; else <see cref="Upstreams"/>.</summary>
    /// <param name="name">The name as a key: labels on the wire, in lower case.</param>
    public ServerGroup? Find(ReadOnlyMemory<byte> name)
    {
        for (var rest = name; _stubs.Count > 0 && rest.Length > 0; rest = rest[(rest.Span[0] + 1)..])
        {
            if (_stubs.TryGetValue(rest, out var group)) return group;
        }

        return Upstreams;
    }

    private static T? Json<T>(IReadOnlyDictionary<string, string> data, string key, JsonTypeInfo<T> form)
        where T : class
    {
        if (!data.TryGetValue(key, out string? text) || string.IsNullOrWhiteSpace(text)) return null;
        try
        {
            return JsonSerializer.Deserialize(text, form);
        }
        catch (JsonException e)
        {
            throw new FormatException($"{key}: {e.Message}", e);
        }
    }

    private static ServerGroup Group(string where, string[]? servers)
    {
        if (servers is not { Length: > 0 }) throw new FormatException($"{where}: no name server is given");
        IPEndPoint[] all = [.. servers.Select(text => Server(text)
            ?? throw new FormatException($"{where}: \"{text}\" is no address of a name server: write it as 192.0.2.53 or 192.0.2.53:5353"))];
        return new ServerGroup(() => all);
    }

    private static IPEndPoint? Server(string? text) =>
        IPAddress.TryParse(text, out var address) ? new IPEndPoint(address, DnsPort)
        : IPEndPoint.TryParse(text ?? "", out var server) && server.Port != 0 ? server
        : null;
}
