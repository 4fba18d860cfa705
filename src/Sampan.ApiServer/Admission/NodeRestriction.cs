using Sampan.Api;
using Sampan.Api.Certificates.V1;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.ApiServer.Admission.Certificates;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization;

namespace Sampan.ApiServer.Admission;

/// <summary>
/// A kubelet changes its own Node, lease and pods, and no one else's. Upstream: plugin/pkg/admission/noderestriction.
/// </summary>
internal sealed class NodeRestriction(IObjectSource objects, IAuthorizer authorizer) : AdmissionPlugin
{
    private static readonly HashSet<string> NodeSigners = ["kubernetes.io/kubelet-serving", "kubernetes.io/kube-apiserver-client-kubelet"];

    private readonly NodePods _pods = new(objects);
    private readonly NodeTokens _tokens = new(objects, authorizer);

    public override string Name => "NodeRestriction";

    public override async ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (UserNames.NodeName(request.User) is not { } node)
        {
            return;
        }
        if (request.Is("", "serviceaccounts", "token"))
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
                _pods.Check(request, node);
                break;
            case ("", "nodes"):
                NodeOwnObject.Check(request, node);
                break;
            case ("", "persistentvolumeclaims"):
                CheckClaim(request, node);
                break;
            case ("storage.k8s.io", "csinodes") when request.Name != node:
                throw request.Forbidden("can only access CSINode with the same name as the requesting node");
            case ("resource.k8s.io", "resourceslices"):
                CheckSlice(request, node);
                break;
            case ("coordination.k8s.io", "leases"):
                CheckLease(request, node);
                break;
            case ("certificates.k8s.io", "certificatesigningrequests"):
                CheckSigningRequest(request, node);
                break;
        }
    }

    /// <summary>Of a claim, a kubelet tells how far its growth has come.</summary>
    private static void CheckClaim(AdmissionRequest request, string node)
    {
        if (request.Subresource != "status")
        {
            throw request.Forbidden("may only update PVC status");
        }
        if (request is { Object: PersistentVolumeClaim claim, OldObject: PersistentVolumeClaim old } && !Rest(claim).DeepEquals(Rest(old)))
        {
            throw request.Forbidden($"node {GoText.Quote(node)} is not allowed to update fields other than status.capacity and status.conditions");
        }
    }

    private static PersistentVolumeClaim Rest(PersistentVolumeClaim claim)
    {
        var rest = claim.DeepClone();
        (rest.Metadata.ResourceVersion, rest.Metadata.ManagedFields) = ("", null);
        (rest.Status.Capacity, rest.Status.Conditions, rest.Status.AllocatedResources, rest.Status.AllocatedResourceStatuses) = (null, null, null, null);
        (rest.Status.CurrentVolumeAttributesClassName, rest.Status.ModifyVolumeStatus) = (null, null);
        return rest;
    }

    /// <summary>The node authorizer checks other writes.</summary>
    private static void CheckSlice(AdmissionRequest request, string node)
    {
        if (request is { Operation: AdmissionOperation.Create, Object: ResourceSlice created } && created.Spec.NodeName != node)
        {
            throw request.Forbidden("can only create ResourceSlice with the same NodeName as the requesting node");
        }
        if (request is { Operation: AdmissionOperation.Delete, OldObject: ResourceSlice deleted } && deleted.Spec.NodeName != node)
        {
            throw request.Forbidden("can only delete ResourceSlice with the same NodeName as the requesting node");
        }
    }

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

    private static void CheckSigningRequest(AdmissionRequest request, string node)
    {
        if (request is { Operation: AdmissionOperation.Create, Subresource: "", Object: CertificateSigningRequest csr } && NodeSigners.Contains(csr.Spec.SignerName)
            && RequestedSubject.Of(request, csr).CommonName != $"system:node:{node}")
        {
            throw request.Forbidden($"can only create a node CSR with CN=system:node:{node}");
        }
    }
}
