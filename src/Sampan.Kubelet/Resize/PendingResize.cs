namespace Sampan.Kubelet.Resize;

/// <summary>A resize that waits for room (Deferred), or that the node can never grant (Infeasible).</summary>
internal sealed record PendingResize(string Reason, string Message)
{
    public const string Deferred = "Deferred";
    public const string Infeasible = "Infeasible";
}
