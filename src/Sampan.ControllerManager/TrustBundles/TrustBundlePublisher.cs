using System.Security.Cryptography;
using System.Text;
using Sampan.Api.Certificates.V1Beta1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.TrustBundles;

/// <summary>
/// Publishes the CA of the API server as a ClusterTrustBundle, named after its contents, and removes those of CAs before it.
/// Upstream: pkg/controller/certificates/clustertrustbundlepublisher.
/// </summary>
internal sealed class TrustBundlePublisher : Controller
{
    public const string SignerName = "kubernetes.io/kube-apiserver-serving";
    private static readonly ObjectKey Bundle = new("", SignerName);
    private readonly Informer<ClusterTrustBundle> _bundles;
    private readonly OwnWrites<ClusterTrustBundle> _writes;
    private readonly ChangingText _ca;

    public TrustBundlePublisher(ControllerContext context, Func<string> ca)
        : base("kube-apiserver-serving-clustertrustbundle-publisher-controller", context, workers: 1)
    {
        _ca = new ChangingText(ca);
        _bundles = Watch(context.Informers.For<ClusterTrustBundle>(fieldSelector: $"spec.signerName={SignerName}"), b => b.Spec.SignerName == SignerName ? [Bundle] : []);
        _writes = Writes(_bundles);
        LookEvery(ChangingText.Period, () =>
        {
            if (_ca.HasChanged()) Queue.Add(Bundle);
        });
    }

    public static string NameOf(string ca) =>
        $"{SignerName.Replace('/', ':')}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ca)).AsSpan(0, 12))}";

    protected override Task PrepareAsync(CancellationToken cancellationToken)
    {
        Queue.Add(Bundle);
        return Task.CompletedTask;
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var ca = _ca.Current;
        var name = NameOf(ca);
        await PublishAsync(name, ca, cancellationToken);
        foreach (var old in _bundles.List().Where(b => b.Spec.SignerName == SignerName && b.Metadata.Name != name).ToList())
            await _writes.DeleteAsync(old, null, cancellationToken);
        return ReconcileResult.Done;
    }

    private async Task PublishAsync(string name, string ca, CancellationToken cancellationToken)
    {
        if (_bundles.Get(null, name) is not { } known)
        {
            await _writes.CreateAsync(
                new ClusterTrustBundle { Metadata = new() { Name = name }, Spec = new() { SignerName = SignerName, TrustBundle = ca } }, cancellationToken);
        }
        else if (known.Spec.TrustBundle != ca)
        {
            var copy = known.DeepClone();
            copy.Spec.TrustBundle = ca;
            await _writes.UpdateAsync(copy, cancellationToken);
        }
    }
}
