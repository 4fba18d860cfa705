using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Core;

namespace Sampan.ApiServer.Admission;

/// <summary>Lets pods that ask for an extended resource onto nodes that are tainted with its name, and so kept for them.</summary>
internal sealed class ExtendedResourceToleration : AdmissionPlugin
{
    public override string Name => "ExtendedResourceToleration";

    public override ValueTask MutateAsync(AdmissionRequest request)
    {
        if (request.Is("", "pods") && request.Object is Pod pod)
        {
            foreach (var resource in Extended(pod.Spec).Where(resource => !pod.Spec.Tolerations.OrEmpty().Any(known => Tolerates(known, resource))))
            {
                (pod.Spec.Tolerations ??= []).Add(new Toleration { Key = resource, Operator = "Exists", Effect = "NoSchedule" });
            }
        }
        return ValueTask.CompletedTask;
    }

    private static IEnumerable<string> Extended(PodSpec spec) => spec.Containers.Concat(spec.InitContainers.OrEmpty())
        .SelectMany(container => (container.Resources?.Requests).OrEmpty().Keys).Where(ResourceNames.IsExtended).Distinct().Order(StringComparer.Ordinal);

    private static bool Tolerates(Toleration known, string resource) => known is { Operator: "Exists", Effect: "NoSchedule" } && known.Key == resource;
}
