using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Resource.V1;
using Sampan.ControllerManager.Common;
using Counter = Sampan.Client.Metrics.Counter;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.ControllerManager.ResourceClaims;

/// <summary>Makes the ResourceClaims that pods ask for by template, and notes their names on the pods. Upstream: pkg/controller/resourceclaim.</summary>
internal sealed class PodClaimController : Controller
{
    /// <summary>The longest name without the characters that make it the only one of its kind.</summary>
    private const int MostOfName = 57;
    private readonly Informer<Pod> _pods;
    private readonly Informer<ResourceClaim> _claims;
    private readonly Informer<ResourceClaimTemplate> _templates;
    private readonly OwnWrites<Pod> _podWrites;
    private readonly OwnWrites<ResourceClaim> _claimWrites;
    private readonly Counter _creations;

    public PodClaimController(ControllerContext context)
        : base("resourceclaim-controller", context)
    {
        _pods = Watch<Pod>(p => UsesTemplates(p) ? [KeyOf(p)] : []);
        _claims = Watch<ResourceClaim>(c => c.Metadata.ControllerKey("Pod", ""));
        _templates = Watch<ResourceClaimTemplate>(PodsWaitingFor);
        ControllerIndex.AddTo(_claims);
        _podWrites = Writes(_pods);
        _claimWrites = Writes(_claims);
        _creations = context.Metrics.Counter("resourceclaim_controller_creates_total", "Number of ResourceClaims creation requests, categorized by creation status and admin access", "status", "admin_access");
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_pods.Get(key) is not { Metadata.DeletionTimestamp: null } pod || pod.IsTerminal()) return ReconcileResult.Done;
        var statuses = new List<PodResourceClaimStatus>();
        foreach (var wanted in pod.Spec.ResourceClaims.OrEmpty().Where(c => c.ResourceClaimTemplateName is not null))
            statuses.Add(new PodResourceClaimStatus { Name = wanted.Name, ResourceClaimName = await EnsureAsync(pod, wanted, cancellationToken) });
        if (Same(statuses, pod.Status.ResourceClaimStatuses)) return ReconcileResult.Done;
        var copy = pod.DeepClone();
        copy.Status.ResourceClaimStatuses = statuses;
        await _podWrites.UpdateStatusAsync(copy, cancellationToken);
        return ReconcileResult.Done;
    }

    private async Task<string> EnsureAsync(Pod pod, PodResourceClaim wanted, CancellationToken cancellationToken)
    {
        var known = ControllerIndex.OwnedBy(_claims, pod)
            .Where(c => c.Metadata.Annotations?.GetValueOrDefault(PodClaims.PodClaimAnnotation) == wanted.Name)
            .MaxBy(c => c.Metadata.Name == PodClaims.NameOf(pod, wanted));
        if (known is not null) return known.Metadata.Name;
        if (_templates.Get(pod.Metadata.Namespace, wanted.ResourceClaimTemplateName!) is not { } template)
        {
            var missing = $"resource claim template \"{wanted.ResourceClaimTemplateName}\": resourceclaimtemplate.resource.k8s.io \"{wanted.ResourceClaimTemplateName}\" not found";
            SayFailed(pod, wanted, missing);
            throw new StatusException(missing);
        }

        return (await CreateAsync(pod, wanted, ClaimOf(pod, wanted, template), cancellationToken)).Metadata.Name;
    }

    private async Task<ResourceClaim> CreateAsync(Pod pod, PodResourceClaim wanted, ResourceClaim claim, CancellationToken cancellationToken)
    {
        var admin = PodClaims.HasAdminAccess(claim) ? "true" : "false";
        try
        {
            var created = await _claimWrites.CreateAsync(claim, cancellationToken);
            _creations.With("success", admin).Increment();
            return created;
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            _creations.With("failure", admin).Increment();
            SayFailed(pod, wanted, $"create ResourceClaim {claim.Metadata.GenerateName}: {e.Message}");
            throw;
        }
    }

    private void SayFailed(Pod pod, PodResourceClaim wanted, string why) =>
        Events.Event(pod, "Warning", "FailedResourceClaimCreation", $"PodResourceClaim {wanted.Name}: {why}");

    private static ResourceClaim ClaimOf(Pod pod, PodResourceClaim wanted, ResourceClaimTemplate template)
    {
        var copy = template.Spec.DeepClone();
        return new ResourceClaim
        {
            Metadata = new ObjectMeta
            {
                Namespace = pod.Metadata.Namespace,
                GenerateName = PrefixOf(pod.Metadata.Name, wanted.Name),
                Labels = copy.Metadata.Labels,
                Annotations = new(copy.Metadata.Annotations ?? []) { [PodClaims.PodClaimAnnotation] = wanted.Name },
                OwnerReferences = [OwnerReferences.ControllerRef(pod)],
            },
            Spec = copy.Spec,
        };
    }

    /// <summary>Names that are too long together are both cut, so that each is still to be seen.</summary>
    private static string PrefixOf(string pod, string claim)
    {
        var length = pod.Length + claim.Length + 2;
        return length > MostOfName ? $"{pod[..(pod.Length * MostOfName / length)]}-{claim[..(claim.Length * MostOfName / length)]}" : $"{pod}-{claim}-";
    }

    private static bool UsesTemplates(Pod pod) => pod.Spec.ResourceClaims.OrEmpty().Any(c => c.ResourceClaimTemplateName is not null);

    private IEnumerable<ObjectKey> PodsWaitingFor(ResourceClaimTemplate template) => _pods.List(template.Metadata.Namespace)
        .Where(p => p.Spec.ResourceClaims.OrEmpty().Any(c => c.ResourceClaimTemplateName == template.Metadata.Name)).Select(KeyOf);

    private static bool Same(List<PodResourceClaimStatus> wanted, List<PodResourceClaimStatus>? known) =>
        wanted.Count == known.OrEmpty().Count && wanted.TrueForAll(w => known!.Exists(k => k.Name == w.Name && k.ResourceClaimName == w.ResourceClaimName));
}
