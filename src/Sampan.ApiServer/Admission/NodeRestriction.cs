using Sampan.Api;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization;

namespace Sampan.ApiServer.Admission;

/// <summary>
/// A kubelet changes its own Node, lease and pods, and no one else's. Upstream: plugin/pkg/admission/noderestriction.
/// </summary>
internal sealed class NodeRestriction(IObjectSource objects, IAuthorizer authorizer) : AdmissionPlugin
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private const string RestrictedPrefix = "node-restriction.kubernetes.io/";

    private static readonly HashSet<string> OwnLabels =
    [
        "kubernetes.io/hostname", "kubernetes.io/arch", "kubernetes.io/os", "beta.kubernetes.io/arch", "beta.kubernetes.io/os",
        "beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type", "failure-domain.beta.kubernetes.io/region",
        "failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/region", "topology.kubernetes.io/zone",
    ];

    private readonly NodeTokens _tokens = new(objects, authorizer);

    public override string Name => "NodeRestriction";

    public override async ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (UserNames.NodeName(request.User) is not { } node)
        {
            return;
        }
        if (request is { Subresource: "token", Resource.Kind: { Group: "", Plural: "serviceaccounts" } })
        {
            await _tokens.CheckAsync(request, node);
        }
        Check(request, node);
    }

    private void Check(AdmissionRequest request, string node)
    {
        switch (request.Resource.Kind.Group, request.Resource.Kind.Plural)
        {
            case ("", "pods"):
                CheckPod(request, node);
                break;
            case ("", "nodes"):
                CheckNode(request, node);
                break;
            case ("storage.k8s.io", "csinodes") when request.Name != node:
                throw request.Forbidden("can only access CSINode with the same name as the requesting node");
            case ("resource.k8s.io", "resourceslices") when (request.Object as ResourceSlice ?? request.OldObject as ResourceSlice)?.Spec.NodeName is { } other && other != node:
                throw request.Forbidden("can only create ResourceSlice with the same NodeName as the requesting node");
            case ("coordination.k8s.io", "leases"):
                CheckLease(request, node);
                break;
        }
    }

    private void CheckPod(AdmissionRequest request, string node)
    {
        if (request is { Operation: AdmissionOperation.Create, Subresource: "", Object: Pod created })
        {
            if (!created.Metadata.Annotations.OrEmpty().ContainsKey(MirrorAnnotation))
            {
                throw request.Forbidden($"pod does not have \"{MirrorAnnotation}\" annotation, node \"{node}\" can only create mirror pods");
            }
            if (MirrorPodRules.Complaint(created, node, objects.Get<Node>(null, node)) is { } complaint)
            {
                throw request.Forbidden(complaint);
            }
        }
        else if (request.Subresource == "eviction" && objects.Get<Pod>(request.Namespace, request.Name) is { } evicted)
        {
            RequireOnNode(request, evicted, node);
        }
        else if (request.Operation is AdmissionOperation.Update or AdmissionOperation.Delete && request.OldObject is Pod old)
        {
            if (request is { Operation: AdmissionOperation.Update, Subresource: not "status" })
            {
                throw request.Forbidden($"unexpected operation \"UPDATE\", node \"{node}\" can only create and delete mirror pods");
            }
            RequireOnNode(request, old, node);
        }
    }

    private static void RequireOnNode(AdmissionRequest request, Pod pod, string node)
    {
        if (pod.Spec.NodeName != node)
        {
            throw request.Forbidden($"node \"{node}\" can only act on pods with spec.nodeName set to itself");
        }
    }

    private static void CheckNode(AdmissionRequest request, string node)
    {
        if (request.Name != node)
        {
            throw request.Forbidden($"node \"{node}\" is not allowed to modify node \"{request.Name}\"");
        }
        if (request.Operation == AdmissionOperation.Delete)
        {
            throw request.Forbidden($"node \"{node}\" is not allowed to delete itself");
        }
        if (request.Object is not Node changed)
        {
            return;
        }
        var old = request.OldObject as Node;
        if (old is not null && !SameTaints(changed.Spec.Taints, old.Spec.Taints))
        {
            throw request.Forbidden($"node \"{node}\" is not allowed to modify taints");
        }
        var forbidden = ChangedLabels(changed, old).Where(IsForbidden).Order(StringComparer.Ordinal).ToList();
        if (forbidden.Count > 0)
        {
            throw request.Forbidden($"node \"{node}\" is not allowed to modify labels: {string.Join(", ", forbidden)}");
        }
    }

    /// <summary>Labels of kubernetes.io and k8s.io that steer pods are the administrator's, except a few that describe the host.</summary>
    private static bool IsForbidden(string label)
    {
        var slash = label.IndexOf('/', StringComparison.Ordinal);
        var domain = slash < 0 ? "" : label[..slash];
        if (label.StartsWith(RestrictedPrefix, StringComparison.Ordinal) || domain.EndsWith(".node-restriction.kubernetes.io", StringComparison.Ordinal))
        {
            return true;
        }
        var reserved = IsIn(domain, "kubernetes.io") || IsIn(domain, "k8s.io");
        return reserved && !OwnLabels.Contains(label) && !IsIn(domain, "kubelet.kubernetes.io") && !IsIn(domain, "node.kubernetes.io");
    }

    private static bool IsIn(string domain, string parent) =>
        domain == parent || domain.EndsWith("." + parent, StringComparison.Ordinal);

    private static IEnumerable<string> ChangedLabels(Node changed, Node? old)
    {
        var (now, was) = (changed.Metadata.Labels.OrEmpty(), (old?.Metadata.Labels).OrEmpty());
        return now.Where(one => was.GetValueOrDefault(one.Key) != one.Value).Select(one => one.Key)
            .Concat(was.Keys.Where(key => !now.ContainsKey(key)));
    }

    private static bool SameTaints(List<Taint>? a, List<Taint>? b) =>
        a.OrEmpty().Count == b.OrEmpty().Count && a.OrEmpty().Zip(b.OrEmpty()).All(pair => pair.First.DeepEquals(pair.Second));

    private static void CheckLease(AdmissionRequest request, string node)
    {
        if (request.Namespace != "kube-node-lease")
        {
            throw request.Forbidden("can only access leases in the \"kube-node-lease\" system namespace");
        }
        if (request.Name != node || (request.Object is Lease lease && lease.Metadata.Name != node))
        {
            throw request.Forbidden("can only access node lease with the same name as the requesting node");
        }
    }
}
