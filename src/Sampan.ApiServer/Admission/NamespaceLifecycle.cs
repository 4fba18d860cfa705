using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>Content needs a namespace that exists and is not going away; some namespaces never go.</summary>
internal sealed class NamespaceLifecycle(IObjectSource objects) : AdmissionPlugin
{
    private static readonly HashSet<string> Immortal = ["default", "kube-system", "kube-public"];

    public override string Name => "NamespaceLifecycle";

    public override ValueTask MutateAsync(AdmissionRequest request)
    {
        if (request.Operation == AdmissionOperation.Delete && request.Is("", "namespaces") && Immortal.Contains(request.Name))
        {
            throw request.Forbidden("this namespace may not be deleted");
        }
        var isReview = request.Resource.Kind.Group == "authorization.k8s.io";
        if (request.Namespace.Length == 0 || !request.Resource.Kind.Namespaced || isReview || request.Operation == AdmissionOperation.Delete)
        {
            return ValueTask.CompletedTask;
        }
        var ns = objects.Get<Namespace>(null, request.Namespace)
            ?? throw StatusException.NotFound(Namespace.Info.GroupResource, request.Namespace);
        if (request.Operation == AdmissionOperation.Create && ns.Metadata.DeletionTimestamp is not null)
        {
            throw Terminating(request);
        }
        return ValueTask.CompletedTask;
    }

    private static StatusException Terminating(AdmissionRequest request)
    {
        var refusal = request.Forbidden($"unable to create new content in namespace {request.Namespace} because it is being terminated");
        (refusal.Status.Details ??= new StatusDetails()).Causes =
        [
            new StatusCause
            {
                Reason = "NamespaceTerminating",
                Message = $"namespace {request.Namespace} is being terminated",
                Field = "metadata.namespace",
            },
        ];
        return refusal;
    }
}
