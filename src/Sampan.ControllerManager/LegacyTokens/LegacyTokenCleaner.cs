using System.Globalization;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.LegacyTokens;

/// <summary>
/// Makes token Secrets that Kubernetes once made by itself and nobody used for a long time invalid, and deletes them as much later. Upstream:
/// pkg/controller/serviceaccount/legacy_serviceaccount_token_cleaner.go.
/// </summary>
internal sealed class LegacyTokenCleaner : Controller
{
    private const string SecretType = "kubernetes.io/service-account-token";
    private const string AccountAnnotation = "kubernetes.io/service-account.name";
    private const string LastUsed = "kubernetes.io/legacy-token-last-used";
    private const string InvalidSince = "kubernetes.io/legacy-token-invalid-since";
    private static readonly TimeSpan Period = TimeSpan.FromHours(24);
    private static readonly ObjectKey Tracking = new("kube-system", "kube-apiserver-legacy-service-account-token-tracking");
    private readonly Informer<Secret> _secrets;
    private readonly Informer<ServiceAccount> _accounts;
    private readonly Informer<Pod> _pods;
    private readonly OwnWrites<Secret> _writes;
    private readonly TimeSpan _unused;

    /// <param name="context">What all controllers share.</param>
    /// <param name="unused">After how long without use a token is made invalid, and after how long more it goes.</param>
    public LegacyTokenCleaner(ControllerContext context, TimeSpan unused)
        : base("legacy-serviceaccount-token-cleaner-controller", context, workers: 1)
    {
        _unused = unused;
        _secrets = Watch(context.Informers.For<Secret>(fieldSelector: $"type={SecretType}"), s => s.Type == SecretType ? [KeyOf(s)] : []);
        _accounts = Use<ServiceAccount>();
        _pods = Use<Pod>();
        _writes = Writes(_secrets);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_secrets.Get(key) is not { } secret || !IsAutomatic(secret) || IsMounted(secret)) return ReconcileResult.Done;
        var map = await Client.Of<ConfigMap>().FindAsync(Tracking.Namespace, Tracking.Name, cancellationToken);
        if (Date(map?.Data?.GetValueOrDefault("since")) is not { } since) return ReconcileResult.RequeueAfter(Period);
        var now = Time.GetUtcNow();
        var used = Date(secret.Metadata.Labels?.GetValueOrDefault(LastUsed)) ?? secret.Metadata.CreationTimestamp?.Value ?? now;
        if (now < Later(since, used) + _unused) return ReconcileResult.RequeueAfter(Period);
        if (Date(secret.Metadata.Labels?.GetValueOrDefault(InvalidSince)) is not { } invalid)
        {
            var copy = secret.DeepClone();
            (copy.Metadata.Labels ??= [])[InvalidSince] = now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await _writes.PatchAsync(key, LabelPatch(copy), cancellationToken);
        }
        else if (now >= invalid + _unused)
        {
            await _writes.DeleteAsync(secret, null, cancellationToken);
        }

        return ReconcileResult.RequeueAfter(Period);
    }

    private static Patch LabelPatch(Secret secret) => Patch.Merge(new System.Text.Json.Nodes.JsonObject
    {
        ["metadata"] = new System.Text.Json.Nodes.JsonObject
        {
            ["uid"] = secret.Metadata.Uid,
            ["labels"] = new System.Text.Json.Nodes.JsonObject { [InvalidSince] = secret.Metadata.Labels![InvalidSince] },
        },
    });

    /// <summary>Secrets that the account lists were made for it; others a user made.</summary>
    private bool IsAutomatic(Secret secret) =>
        secret.Metadata.Annotations?.GetValueOrDefault(AccountAnnotation) is { } account
        && _accounts.Get(secret.Metadata.Namespace, account)?.Secrets?.Exists(s => s.Name == secret.Metadata.Name) == true;

    private bool IsMounted(Secret secret) => _pods.List(secret.Metadata.Namespace)
        .Any(p => p.Spec.Volumes.OrEmpty().Any(v => v.Secret?.SecretName == secret.Metadata.Name));

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
