using System.Globalization;
using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Pods;

namespace Sampan.ControllerManager.LegacyTokens;

/// <summary>
/// Makes token Secrets that Kubernetes once made by itself and nobody used for a long time invalid, and deletes them as much later. Upstream:
/// pkg/controller/serviceaccount/legacy_serviceaccount_token_cleaner.go.
/// </summary>
internal sealed class LegacyTokenCleaner : Controller
{
    private const string SecretType = "kubernetes.io/service-account-token";
    private const string AccountAnnotation = "kubernetes.io/service-account.name";
    private const string AccountUidAnnotation = "kubernetes.io/service-account.uid";
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
        if (_secrets.Get(key) is not { Metadata.DeletionTimestamp: null } secret) return ReconcileResult.Done;
        var since = Time.GetUtcNow() - _unused;
        if (IsUnused(secret, since) && IsAutomatic(secret) && !IsMounted(secret) && await IsTrackedAsync(since, cancellationToken))
            await RetireAsync(secret, since, cancellationToken);
        return ReconcileResult.RequeueAfter(Period);
    }

    private async Task RetireAsync(Secret secret, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (Day(secret.Metadata.Labels?.GetValueOrDefault(InvalidSince)) is not { } invalid)
            await _writes.PatchAsync(KeyOf(secret), InvalidFrom(secret, Time.GetUtcNow()), cancellationToken);
        else if (invalid < DayOf(since))
            await _writes.DeleteAsync(secret, new DeleteOptions { Preconditions = new() { ResourceVersion = secret.Metadata.ResourceVersion } }, cancellationToken);
    }

    private static Patch InvalidFrom(Secret secret, DateTimeOffset now) => Patch.Merge(new JsonObject
    {
        ["metadata"] = new JsonObject
        {
            ["uid"] = secret.Metadata.Uid,
            ["labels"] = new JsonObject { [InvalidSince] = now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
        },
    });

    /// <summary>Older than the period, and not used in it. A date that nobody can read says nothing of its use.</summary>
    private static bool IsUnused(Secret secret, DateTimeOffset since)
    {
        if (!(secret.Metadata.CreationTimestamp?.Value < since)) return false;
        return secret.Metadata.Labels?.GetValueOrDefault(LastUsed) is not { } used || Day(used) < DayOf(since);
    }

    /// <summary>Whether uses have been noted for the whole period: from the day after the one on which that began.</summary>
    private async Task<bool> IsTrackedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var map = await Client.Of<ConfigMap>().FindAsync(Tracking.Namespace, Tracking.Name, cancellationToken);
        return Day(map?.Data?.GetValueOrDefault("since")) is { } began && since >= new DateTimeOffset(began.AddDays(1).ToDateTime(default), TimeSpan.Zero);
    }

    /// <summary>Secrets that the account lists were made for it; others a user made.</summary>
    private bool IsAutomatic(Secret secret)
    {
        var annotations = secret.Metadata.Annotations.OrEmpty();
        if (annotations.GetValueOrDefault(AccountAnnotation) is not { Length: > 0 } name || _accounts.Get(secret.Metadata.Namespace, name) is not { } account) return false;
        return (annotations.GetValueOrDefault(AccountUidAnnotation) is not { Length: > 0 } uid || uid == account.Metadata.Uid)
            && account.Secrets.OrEmpty().Any(s => s.Name == secret.Metadata.Name);
    }

    private bool IsMounted(Secret secret) => _pods.List(secret.Metadata.Namespace).Any(p => PodReferences.Secrets(p).Contains(secret.Metadata.Name));

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
