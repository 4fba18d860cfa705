namespace Sampan.Kubelet.Resize;

/// <summary>A resize that waits for room (Deferred), or that the node can never grant (Infeasible).</summary>
/// <param name="Reason">One of the two.</param>
/// <param name="Message">Why, for the pod's status.</param>
/// <param name="Detail">Why, as metrics name it.</param>
internal sealed record PendingResize(string Reason, string Message, string Detail = "")
{
    public const string Deferred = "Deferred";
    public const string Infeasible = "Infeasible";

    public static PendingResize Never(string detail, string message) => new(Infeasible, message, detail);
}
