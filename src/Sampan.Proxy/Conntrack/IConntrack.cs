using Sampan.Proxy.Compile;

namespace Sampan.Proxy.Conntrack;

/// <summary>The kernel's table of flows.</summary>
internal interface IConntrack
{
    /// <summary>
    /// Forgets the UDP flows to these frontends that lead elsewhere than to their endpoints, so that the next packet is
    /// judged anew. TCP needs none of this: its connections end by themselves.
    /// </summary>
    /// <returns>How many flows were forgotten.</returns>
    int ForgetStaleUdp(IReadOnlyDictionary<Frontend, FrontendRule?> frontends);
}
