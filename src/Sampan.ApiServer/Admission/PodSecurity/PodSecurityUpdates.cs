using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>Which updates of a pod may change how it compares with the standards: other images, and containers more or less.</summary>
internal static class PodSecurityUpdates
{
    public static bool AreSignificant(Pod pod, Pod old) =>
        Differ(pod.Spec.Containers, old.Spec.Containers)
        || Differ(pod.Spec.InitContainers, old.Spec.InitContainers)
        || pod.Spec.EphemeralContainers.OrEmpty().Any(one => old.Spec.EphemeralContainers.OrEmpty().FirstOrDefault(was => was.Name == one.Name)?.Image != one.Image);

    private static bool Differ(List<Container>? containers, List<Container>? old)
    {
        var (now, before) = (containers.OrEmpty(), old.OrEmpty());
        return now.Count != before.Count || now.Zip(before).Any(pair => pair.First.Image != pair.Second.Image);
    }
}
