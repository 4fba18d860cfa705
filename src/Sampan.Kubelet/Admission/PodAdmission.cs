using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Eviction;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Admission;

/// <summary>
/// The node's own look at a pod that was bound to it: whoever bound it may have known less than the node does. Reasons and
/// messages are upstream's (pkg/kubelet/lifecycle).
/// </summary>
/// <param name="known">The node as last heard of; null before its registration.</param>
/// <param name="ask">The node as the API server has it now; null when it does not answer.</param>
/// <param name="allocatable">What pods may have in all.</param>
/// <param name="sysctls">Which kernel parameters pods may set.</param>
/// <param name="pressure">What the node is short of.</param>
/// <param name="hasAppArmor">Whether the kernel enforces AppArmor profiles.</param>
/// <param name="preemption">Makes room for those without which the node is none.</param>
internal sealed class PodAdmission(
    Func<Node?> known, Func<CancellationToken, Task<Node?>> ask, Func<IReadOnlyDictionary<string, Quantity>> allocatable, Sysctls sysctls, NodePressure pressure, Func<bool> hasAppArmor, Preemption preemption) : IPodAdmission
{
    private const string NodeAffinity = "NodeAffinity";
    private const string OsLabel = "kubernetes.io/os";
    private const string Linux = "linux";

    /// <summary>What is looked at first; anything else comes after.</summary>
    private static readonly string[] Order = ["ephemeral-storage", PodResources.Memory, PodResources.Cpu];

    public async Task<PodTermination?> AdmitAsync(Pod pod, IReadOnlyList<Pod> others, CancellationToken cancellationToken)
    {
        if (pod.Spec.Os is { Name: not Linux })
        {
            return Rejection("PodOSNotSupported", "Failed to admit pod as the OS field doesn't match node OS");
        }

        if (pod.Metadata.Labels.OrEmpty().GetValueOrDefault(OsLabel) is { } os && os != Linux)
        {
            return Rejection("PodOSSelectorNodeLabelDoesNotMatch", $"Failed to admit pod as the `{OsLabel}` label doesn't match node label");
        }

        if (pod.Spec.SecurityContext?.SupplementalGroupsPolicy == "Strict" && known() is { } host && host.Status.Features?.SupplementalGroupsPolicy != true)
        {
            return Rejection("SupplementalGroupsPolicyNotSupported", "SupplementalGroupsPolicy=Strict is not supported in this node");
        }

        if ((PressureAdmission.Check(pod, pressure) ?? sysctls.Check(pod) ?? AppArmor.Check(pod, hasAppArmor)) is { } forbidden)
        {
            return forbidden;
        }

        var shortages = Shortages(pod, others).ToList();
        if (shortages.Count > 0 && !Ranking.IsCritical(pod))
        {
            return Rejection(shortages[0].Reason, shortages[0].Message);
        }

        var rejection = Check(pod, others, known());
        if (rejection is { Reason: NodeAffinity } && await ask(cancellationToken) is { } fresh)
        {
            // A label that was set just now may not have been heard of yet.
            rejection = Check(pod, others, fresh);
        }

        return rejection is not null || shortages.Count == 0 ? rejection : await preemption.MakeRoomAsync(pod, others, shortages, cancellationToken);
    }

    private static PodTermination? Check(Pod pod, IReadOnlyList<Pod> others, Node? node) =>
        (node is not null && !NodeMatch.Selects(pod.Spec, node) ? Failed(NodeAffinity, "node(s) didn't match Pod's node affinity/selector") : null)
        ?? (HostPort.Collide(pod, others) ? Failed("NodePorts", "node(s) didn't have free ports for the requested pod ports") : null)
        ?? (node is not null && !pod.IsStatic() && !NodeMatch.Tolerates(pod.Spec, node) ? Failed("TaintToleration", "node(s) had taints that the pod didn't tolerate") : null);

    private IEnumerable<Shortage> Shortages(Pod pod, IReadOnlyList<Pod> others)
    {
        var limits = allocatable();
        if (limits.TryGetValue(Shortage.Pods, out var most) && Shortage.Find(Shortage.Pods, 1, others.Count, most.AsLong()) is { } crowd)
        {
            yield return crowd;
        }

        foreach (var (resource, capacity) in limits.Where(l => l.Key != Shortage.Pods).OrderByDescending(l => Array.IndexOf(Order, l.Key)))
        {
            var wanted = Shortage.Amount(resource, PodResources.Request(pod, resource));
            var used = wanted > 0 ? others.Sum(o => Shortage.Amount(resource, PodResources.Request(o, resource))) : 0;
            if (Shortage.Find(resource, wanted, used, Shortage.Amount(resource, capacity)) is { } shortage)
            {
                yield return shortage;
            }
        }
    }

    private static PodTermination Failed(string predicate, string description) => Rejection(predicate, $"Predicate {predicate} failed: {description}");

    private static PodTermination Rejection(string reason, string message) => new(reason, message) { IsRejection = true };
}
