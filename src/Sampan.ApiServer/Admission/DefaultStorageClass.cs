using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>Claims that name no storage class get the default one.</summary>
internal sealed class DefaultStorageClass(IObjectSource objects) : AdmissionPlugin
{
    public override string Name => "DefaultStorageClass";

    public override ValueTask MutateAsync(AdmissionRequest request)
    {
        if (request is { Operation: AdmissionOperation.Create, Subresource: "", Object: PersistentVolumeClaim claim }
            && claim.Spec.StorageClassName is null && !claim.Metadata.Annotations.OrEmpty().ContainsKey(ClaimClass.Annotation))
        {
            claim.Spec.StorageClassName = DefaultObjects.Find<StorageClass>(
                objects, "storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class")?.Metadata.Name;
        }
        return ValueTask.CompletedTask;
    }
}
