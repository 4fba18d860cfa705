using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>Lets a pod keep others off its node, but not off whole zones.</summary>
internal sealed class LimitPodHardAntiAffinityTopology : AdmissionPlugin
{
    private const string Hostname = "kubernetes.io/hostname";

    public override string Name => "LimitPodHardAntiAffinityTopology";

    public override ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (request.Is("", "pods") && request.Object is Pod pod
            && (pod.Spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution).OrEmpty().FirstOrDefault(term => term.TopologyKey != Hostname) is { } wide)
        {
            throw request.Forbidden(
                $"affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey {wide.TopologyKey} but only key {Hostname} is allowed");
        }
        return ValueTask.CompletedTask;
    }
}
