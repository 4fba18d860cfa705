using Sampan.Api.Core.V1;
using Sampan.Api.Policy.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Disruption;

/// <summary>
/// How many pods there should be. A minimum that is a number needs no more than the pods themselves; a percentage, or a maximum of
/// missing pods, is a share of what the pods' workloads ask for.
/// </summary>
internal sealed class ExpectedPods(OwnerScales scales)
{
    public async Task<PodCounts> CountAsync(PodDisruptionBudget budget, List<Pod> pods, CancellationToken cancellationToken)
    {
        if (budget.Spec.MaxUnavailable is { } most)
        {
            var (expected, unmanaged) = await ScaleAsync(pods, cancellationToken);
            return new(expected, Math.Max(0, expected - Scaled(most, expected)), unmanaged);
        }

        if (budget.Spec.MinAvailable is not { } least) return new(0, 0, []);
        if (!least.IsString) return new(pods.Count, least.IntValue, []);
        var (wanted, loose) = await ScaleAsync(pods, cancellationToken);
        return new(wanted, Scaled(least, wanted), loose);
    }

    private static int Scaled(IntOrString share, int of) => share.GetScaledValueFromIntOrPercent(of, roundUp: true) ?? 0;

    /// <summary>The sum over the workloads; each is asked once, however many pods it has.</summary>
    private async Task<(int Expected, List<Pod> Unmanaged)> ScaleAsync(List<Pod> pods, CancellationToken cancellationToken)
    {
        var (known, unmanaged) = (new Dictionary<string, int>(), new List<Pod>());
        var asked = new HashSet<string>();
        foreach (var pod in pods)
        {
            if (pod.Metadata.Controller() is not { } owner)
            {
                unmanaged.Add(pod);
                continue;
            }

            if (!asked.Add(owner.Uid)) continue;
            var scale = await scales.FindAsync(pod.Metadata.Namespace, owner, cancellationToken)
                ?? throw new StatusException($"found no controllers for pod \"{pod.Metadata.Name}\"");
            known[scale.Uid] = scale.Replicas;
        }

        return (known.Values.Sum(), unmanaged);
    }
}
