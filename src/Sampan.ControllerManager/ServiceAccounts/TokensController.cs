using System.Text;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.ServiceAccounts;

/// <summary>
/// Fills Secrets of type <c>kubernetes.io/service-account-token</c> with a long-lived token, and removes them with their account.
/// </summary>
internal sealed class TokensController : Controller
{
    private const string SecretType = "kubernetes.io/service-account-token";
    private const string NameAnnotation = "kubernetes.io/service-account.name";
    private const string UidAnnotation = "kubernetes.io/service-account.uid";
    private const string AccountIndex = "account";
    private const string SecretIndex = "secret";
    private readonly Informer<ServiceAccount> _accounts;
    private readonly Informer<Secret> _secrets;
    private readonly OwnWrites<Secret> _writes;
    private readonly OwnWrites<ServiceAccount> _accountWrites;
    private readonly Func<string> _key;
    private readonly ChangingText _rootCa;

    /// <param name="context">What all controllers share.</param>
    /// <param name="key">PEM of the key that signs, as it is now.</param>
    /// <param name="rootCa">PEM of the API server's CA, as it is now; empty for none.</param>
    public TokensController(ControllerContext context, Func<string> key, Func<string> rootCa)
        : base("serviceaccount-token-controller", context)
    {
        _key = key;
        _rootCa = new ChangingText(rootCa);
        _secrets = Watch(context.Informers.For<Secret>(fieldSelector: $"type={SecretType}"), s => s.Type == SecretType ? [KeyOf(s)] : []);
        _secrets.AddIndex(AccountIndex, s => AccountOf(s) is { } name ? [$"{s.Metadata.Namespace}/{name}"] : []);
        _accounts = Watch<ServiceAccount>(a => _secrets!.ByIndex(AccountIndex, $"{a.Metadata.Namespace}/{a.Metadata.Name}").Select(KeyOf));
        _accounts.AddIndex(SecretIndex, a => a.Secrets.OrEmpty().Select(s => $"{a.Metadata.Namespace}/{s.Name}"));
        _writes = Writes(_secrets);
        _accountWrites = Writes(_accounts);
        LookEvery(ChangingText.Period, FillAnew);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_secrets.Get(key) is null) await UnlistAsync(key, cancellationToken);
        if (_secrets.Get(key) is not { Type: SecretType } secret || AccountOf(secret) is not { } name) return ReconcileResult.Done;
        var account = _accounts.Get(key.Namespace, name);
        var uid = secret.Metadata.Annotations?.GetValueOrDefault(UidAnnotation);
        if (account is null || (!string.IsNullOrEmpty(uid) && uid != account.Metadata.Uid))
        {
            // The cache may be late; a secret is deleted only when the server says so too.
            var fresh = await Client.Of<ServiceAccount>().FindAsync(key.Namespace, name, cancellationToken);
            if (fresh is null || (!string.IsNullOrEmpty(uid) && uid != fresh.Metadata.Uid)) await _writes.DeleteAsync(secret, null, cancellationToken);
            return ReconcileResult.Done;
        }

        var filled = Fill(secret, account);
        if (!filled.DeepEquals(secret)) await _writes.UpdateAsync(filled, cancellationToken);
        return ReconcileResult.Done;
    }

    /// <summary>An account does not list a token that is gone.</summary>
    private async Task UnlistAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        foreach (var account in _accounts.ByIndex(SecretIndex, $"{key.Namespace}/{key.Name}").ToList())
        {
            if (await Direct(_secrets).FindAsync(key.Namespace, key.Name, cancellationToken) is not null) return;
            var copy = account.DeepClone();
            copy.Secrets!.RemoveAll(s => s.Name == key.Name);
            await _accountWrites.UpdateAsync(copy, cancellationToken);
        }
    }

    private Secret Fill(Secret secret, ServiceAccount account)
    {
        var copy = secret.DeepClone();
        var data = copy.Data ??= [];
        (copy.Metadata.Annotations ??= [])[UidAnnotation] = account.Metadata.Uid;
        if (_rootCa.Current is { Length: > 0 } ca) data["ca.crt"] = Encoding.UTF8.GetBytes(ca);
        if (data.GetValueOrDefault("namespace") is not { Length: > 0 }) data["namespace"] = Encoding.UTF8.GetBytes(secret.Metadata.Namespace);
        if (data.GetValueOrDefault("token") is not { Length: > 0 })
        {
            using var signer = new LegacyTokenSigner(_key());
            data["token"] = Encoding.UTF8.GetBytes(signer.Sign(account, secret.Metadata.Name));
        }

        return copy;
    }

    private void FillAnew()
    {
        if (!_rootCa.HasChanged()) return;
        foreach (var secret in _secrets.List()) Queue.Add(KeyOf(secret));
    }

    private static string? AccountOf(Secret secret) =>
        secret.Metadata.Annotations?.GetValueOrDefault(NameAnnotation) is { Length: > 0 } name ? name : null;
}
