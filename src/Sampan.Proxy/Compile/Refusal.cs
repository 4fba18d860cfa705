namespace Sampan.Proxy.Compile;

/// <summary>What happens to a connection that no endpoint can take.</summary>
internal enum Refusal : byte
{
    None,

    /// <summary>The Service has no endpoint anywhere: the client learns it at once.</summary>
    Reject,

    /// <summary>The policy is Local and the endpoints are elsewhere: silence, so that load balancers try other nodes.</summary>
    Drop,
}
