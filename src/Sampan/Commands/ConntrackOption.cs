using System.CommandLine;
using Sampan.Proxy.Configuration;

namespace Sampan.Commands;

/// <summary>Whose limits of connection tracking a node has: the host's, which stay as they are, or kube-proxy's defaults.</summary>
internal static class ConntrackOption
{
    private const string Host = "host", KubeProxy = "kube-proxy";

    public static Option<string> Create() => new Option<string>("--conntrack")
    {
        Description = $"Limits and timeouts of connection tracking: those that the {Host} has, or {KubeProxy}'s defaults, which are set on the host.",
        DefaultValueFactory = _ => Host,
    }.AcceptOnlyFromAmong(Host, KubeProxy);

    /// <returns>Null: the host's stay.</returns>
    public static ConntrackConfiguration? Read(ParseResult result, Option<string> option) => result.GetValue(option) == KubeProxy ? new() : null;
}
