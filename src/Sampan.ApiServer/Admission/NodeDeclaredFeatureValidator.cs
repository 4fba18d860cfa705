using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Core;

namespace Sampan.ApiServer.Admission;

/// <summary>
/// Refuses changes of a pod that its node could not follow: what kubelets of their time can do, and others cannot, nodes declare in
/// their status. Upstream: plugin/pkg/admission/nodedeclaredfeatures.
/// </summary>
internal sealed class NodeDeclaredFeatureValidator(IObjectSource objects) : AdmissionPlugin
{
    private const string PodResize = "InPlacePodLevelResourcesVerticalScaling";
    private const string InitResize = "InPlacePodVerticalScalingInitContainers";

    public override string Name => "NodeDeclaredFeatureValidator";

    public override ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (request is { Operation: AdmissionOperation.Update, Subresource: "" or "resize", Object: Pod pod, OldObject: Pod old }
            && !string.IsNullOrEmpty(pod.Spec.NodeName) && pod.Metadata.Generation != old.Metadata.Generation)
        {
            Check(request, pod.Spec.NodeName, Needed(pod, old));
        }
        return ValueTask.CompletedTask;
    }

    private void Check(AdmissionRequest request, string nodeName, List<string> needed)
    {
        if (needed.Count == 0)
        {
            return;
        }
        var node = objects.Get<Node>(null, nodeName) ?? throw request.Forbidden($"node {GoText.Quote(nodeName)} not found");
        var missing = needed.Except(node.Status.DeclaredFeatures.OrEmpty()).ToList();
        if (missing.Count > 0)
        {
            throw request.Forbidden($"pod update requires features {string.Join(", ", missing)} which are not available on node {GoText.Quote(nodeName)}");
        }
    }

    /// <summary>In order of their names.</summary>
    private static List<string> Needed(Pod pod, Pod old)
    {
        var needed = new List<string>();
        if (!AreSame(pod.Spec.Resources, old.Spec.Resources))
        {
            needed.Add(PodResize);
        }
        if (pod.Spec.InitContainers.OrEmpty().Zip(old.Spec.InitContainers.OrEmpty()).Any(pair => !PodContainers.IsSidecar(pair.Second) && !AreSame(pair.First.Resources, pair.Second.Resources)))
        {
            needed.Add(InitResize);
        }
        return needed;
    }

    private static bool AreSame(ResourceRequirements? one, ResourceRequirements? other) =>
        one is null ? other is null : other is not null && one.DeepEquals(other);
}
