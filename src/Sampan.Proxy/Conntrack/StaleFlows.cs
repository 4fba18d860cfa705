using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Conntrack;

/// <summary>
/// Which flows lead to nobody who serves. What only changes who gets new clients (policies, hints, an endpoint that begins to
/// terminate) leaves flows alone, as it leaves TCP connections. Upstream: pkg/proxy/conntrack.
/// </summary>
internal static class StaleFlows
{
    public static bool IsStale(Flow flow, IEnumerable<KeyValuePair<Frontend, FrontendRule?>> frontends)
    {
        foreach (var (frontend, rule) in frontends)
        {
            if (frontend.Port != flow.DestinationPort) continue;
            if (frontend.Address is { } address ? !address.Equals(flow.Destination) : !IsTranslated(flow)) continue;

            // While nobody serves, the old endpoint is as good as any.
            return rule is null || (!rule.Serving.IsEmpty && !rule.Serving.Contains(new Target(flow.ReplySource, flow.ReplyPort)));
        }

        return false;
    }

    /// <summary>Whether another than the addressee answers; a flow to a node port's number elsewhere is none of ours.</summary>
    private static bool IsTranslated(Flow flow) => !flow.ReplySource.Equals(flow.Destination);
}
