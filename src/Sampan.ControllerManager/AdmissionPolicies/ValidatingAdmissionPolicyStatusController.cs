using Sampan.Api.AdmissionRegistration.V1;

namespace Sampan.ControllerManager.AdmissionPolicies;

/// <summary>Says in a policy's status which of its expressions can't be right for a kind that it matches. Upstream: pkg/controller/validatingadmissionpolicystatus.</summary>
internal sealed class ValidatingAdmissionPolicyStatusController : Controller
{
    private readonly Informer<ValidatingAdmissionPolicy> _policies;
    private readonly OwnWrites<ValidatingAdmissionPolicy> _writes;

    public ValidatingAdmissionPolicyStatusController(ControllerContext context)
        : base("validatingadmissionpolicy-status-controller", context)
    {
        _policies = Watch<ValidatingAdmissionPolicy>(p => [KeyOf(p)]);
        _writes = Writes(_policies);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_policies.Get(key) is not { } policy || policy.Metadata.Generation <= policy.Status.ObservedGeneration) return ReconcileResult.Done;
        var served = new ServedSchemas(Client, await Client.Discovery.ResourcesAsync(cancellationToken));
        var checker = await PolicyTypeChecker.CreateAsync(policy, served, cancellationToken);
        var copy = policy.DeepClone();
        copy.Status.ObservedGeneration = policy.Metadata.Generation;
        copy.Status.TypeChecking = new() { ExpressionWarnings = checker.Warnings() is { Count: > 0 } warnings ? warnings : null };
        await _writes.UpdateStatusAsync(copy, cancellationToken);
        return ReconcileResult.Done;
    }
}
