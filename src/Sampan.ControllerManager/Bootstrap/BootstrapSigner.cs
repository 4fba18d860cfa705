using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Bootstrap;

/// <summary>
/// Signs the ConfigMap kube-public/cluster-info with every bootstrap token, so that a joining node that knows a token can trust it:
/// <c>jws-kubeconfig-&lt;id&gt;: header..signature</c>, over the kubeconfig beside it.
/// </summary>
internal sealed class BootstrapSigner : Controller
{
    private const string Prefix = "jws-kubeconfig-";
    private static readonly ObjectKey ClusterInfo = new("kube-public", "cluster-info");
    private readonly Informer<ConfigMap> _maps;
    private readonly Informer<Secret> _secrets;
    private readonly OwnWrites<ConfigMap> _writes;

    public BootstrapSigner(ControllerContext context)
        : base("bootstrap-signer-controller", context, workers: 1)
    {
        _maps = Watch(
            context.Informers.For<ConfigMap>(ClusterInfo.Namespace, $"metadata.name={ClusterInfo.Name}"),
            m => KeyOf(m) == ClusterInfo ? [ClusterInfo] : []);
        _secrets = Watch(
            context.Informers.For<Secret>(BootstrapTokens.Namespace, $"type={BootstrapTokens.SecretType}"), _ => [ClusterInfo]);
        _writes = Writes(_maps);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_maps.Get(ClusterInfo) is not { } map || map.Data?.GetValueOrDefault("kubeconfig") is not { } kubeconfig) return ReconcileResult.Done;
        var now = Time.GetUtcNow();
        var copy = map.DeepClone();
        foreach (var old in copy.Data!.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)).ToList()) copy.Data.Remove(old);
        foreach (var secret in _secrets.List())
            if (BootstrapTokens.SignerId(secret, now) is { } id) copy.Data[Prefix + id] = Sign(id, BootstrapTokens.Text(secret, "token-secret")!, kubeconfig);
        if (!copy.DeepEquals(map)) await _writes.UpdateAsync(copy, cancellationToken);
        var next = _secrets.List().Select(BootstrapTokens.EndOf).Where(end => end > now).Min();
        return next is { } time ? ReconcileResult.RequeueAfter(time - now) : ReconcileResult.Done;
    }

    private static string Sign(string id, string secret, string content)
    {
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{{\"alg\":\"HS256\",\"kid\":\"{id}\"}}"));
        var payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content));
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{id}.{secret}"), Encoding.ASCII.GetBytes($"{header}.{payload}"));
        return $"{header}..{Base64Url.EncodeToString(signature)}";
    }
}
