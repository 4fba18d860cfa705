using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Bootstrap;

/// <summary>Deletes bootstrap tokens that have ended. Upstream: pkg/controller/bootstrap.</summary>
internal sealed class TokenCleaner : Controller
{
    private readonly Informer<Secret> _secrets;
    private readonly OwnWrites<Secret> _writes;

    public TokenCleaner(ControllerContext context)
        : base("token-cleaner-controller", context, workers: 1)
    {
        _secrets = Watch(
            context.Informers.For<Secret>(BootstrapTokens.Namespace, $"type={BootstrapTokens.SecretType}"),
            s => s.Type == BootstrapTokens.SecretType ? [KeyOf(s)] : []);
        _writes = Writes(_secrets);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_secrets.Get(key) is not { } secret || BootstrapTokens.EndOf(secret) is not { } end) return ReconcileResult.Done;
        var left = end - Time.GetUtcNow();
        if (left > TimeSpan.Zero) return ReconcileResult.RequeueAfter(left);
        await _writes.DeleteAsync(secret, null, cancellationToken);
        return ReconcileResult.Done;
    }
}
