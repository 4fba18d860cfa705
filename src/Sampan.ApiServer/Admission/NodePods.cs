using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>What a kubelet may do to pods: make mirrors of its own, and tell of, evict and delete those on its node.</summary>
internal sealed class NodePods(IObjectSource objects)
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    public void Check(AdmissionRequest request, string node)
    {
        switch (request.Subresource)
        {
            case "":
                CheckPod(request, node);
                break;
            case "status":
                CheckStatus(request, node);
                break;
            case "eviction":
                CheckEviction(request, node);
                break;
            default:
                throw request.Forbidden($"unexpected pod subresource {GoText.Quote(request.Subresource)}, only 'status' and 'eviction' are allowed");
        }
    }

    private void CheckPod(AdmissionRequest request, string node)
    {
        switch (request)
        {
            case { Operation: AdmissionOperation.Create, Object: Pod created }:
                CheckMirror(request, created, node);
                break;
            case { Operation: AdmissionOperation.Delete, OldObject: Pod old }:
                RequireOnNode(request, old, node, $"node {GoText.Quote(node)} can only delete pods with spec.nodeName set to itself");
                break;
            default:
                throw request.Forbidden($"unexpected operation \"UPDATE\", node {GoText.Quote(node)} can only create and delete mirror pods");
        }
    }

    private void CheckMirror(AdmissionRequest request, Pod created, string node)
    {
        if (!created.Metadata.Annotations.OrEmpty().ContainsKey(MirrorAnnotation))
        {
            throw request.Forbidden($"pod does not have \"{MirrorAnnotation}\" annotation, node {GoText.Quote(node)} can only create mirror pods");
        }
        if (MirrorPodRules.Complaint(created, node, objects.Get<Node>(null, node)) is { } complaint)
        {
            throw request.Forbidden(complaint);
        }
    }

    /// <summary>Labels and claims steer others: they are not the kubelet's.</summary>
    private static void CheckStatus(AdmissionRequest request, string node)
    {
        if (request is not { Object: Pod pod, OldObject: Pod old })
        {
            return;
        }
        var quoted = GoText.Quote(node);
        RequireOnNode(request, old, node, $"node {quoted} can only update pod status for pods with spec.nodeName set to itself");
        if (!Same(pod.Metadata.Labels, old.Metadata.Labels))
        {
            throw request.Forbidden($"node {quoted} cannot update labels through pod status");
        }
        if (!ClaimNames(pod).SequenceEqual(ClaimNames(old)))
        {
            throw request.Forbidden($"node {quoted} cannot update resource claim statues");
        }
        if (!(pod.Status.ExtendedResourceClaimStatus?.DeepEquals(old.Status.ExtendedResourceClaimStatus) ?? old.Status.ExtendedResourceClaimStatus is null))
        {
            throw request.Forbidden($"node {quoted} cannot update extended resource claim status");
        }
    }

    private void CheckEviction(AdmissionRequest request, string node)
    {
        var pod = objects.Get<Pod>(request.Namespace, request.Name) ?? throw StatusException.NotFound(new GroupResource("", "pods"), request.Name);
        RequireOnNode(request, pod, node, $"node {node} can only evict pods with spec.nodeName set to itself");
    }

    private static void RequireOnNode(AdmissionRequest request, Pod pod, string node, string refusal)
    {
        if (pod.Spec.NodeName != node)
        {
            throw request.Forbidden(refusal);
        }
    }

    private static bool Same(Dictionary<string, string>? a, Dictionary<string, string>? b) =>
        a.OrEmpty().Count == b.OrEmpty().Count && a.OrEmpty().All(one => b.OrEmpty().TryGetValue(one.Key, out var value) && value == one.Value);

    private static IEnumerable<(string, string?)> ClaimNames(Pod pod) =>
        pod.Status.ResourceClaimStatuses.OrEmpty().Select(status => (status.Name, status.ResourceClaimName));
}
