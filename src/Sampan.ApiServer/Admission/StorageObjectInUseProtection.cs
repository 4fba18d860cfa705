using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>
/// Gives volumes, claims and attribute classes a finalizer that controllers remove once nothing uses them. Without those controllers
/// such an object would stay for ever.
/// </summary>
internal sealed class StorageObjectInUseProtection : AdmissionPlugin
{
    public override string Name => "StorageObjectInUseProtection";

    public override ValueTask MutateAsync(AdmissionRequest request)
    {
        if (request is { Operation: AdmissionOperation.Create, Subresource: "" } && FinalizerOf(request.Object) is { } finalizer
            && !request.Object!.Metadata.Finalizers.OrEmpty().Contains(finalizer))
        {
            (request.Object.Metadata.Finalizers ??= []).Add(finalizer);
        }
        return ValueTask.CompletedTask;
    }

    private static string? FinalizerOf(IObject? obj) => obj switch
    {
        PersistentVolume => "kubernetes.io/pv-protection",
        PersistentVolumeClaim => "kubernetes.io/pvc-protection",
        VolumeAttributesClass => "kubernetes.io/vac-protection",
        _ => null,
    };
}
