using Sampan.Api;
using Sampan.Api.Storage.V1;

namespace Sampan.ApiServer.Registry.Storage;

/// <summary>Storage classes: what volumes of the class are like is fixed when it is made.</summary>
internal sealed class StorageClassStrategy : Strategy<StorageClass>
{
    public override bool ReturnDeletedObject => true;

    protected override void Default(StorageClass storage)
    {
        storage.ReclaimPolicy ??= "Delete";
        storage.VolumeBindingMode ??= "Immediate";
    }

    protected override void Validate(WriteContext context, StorageClass storage, FieldErrors errors)
    {
        if (storage.Provisioner.Length == 0)
        {
            errors.Required(FieldPath.Of("provisioner"));
        }
        else
        {
            errors.Invalid(FieldPath.Of("provisioner"), storage.Provisioner, Names.IsQualifiedName(storage.Provisioner.ToLowerInvariant()));
        }
        if (storage.ReclaimPolicy is not ("Delete" or "Retain"))
        {
            errors.NotSupported(FieldPath.Of("reclaimPolicy"), storage.ReclaimPolicy, "Delete", "Retain");
        }
        if (storage.VolumeBindingMode is not ("Immediate" or "WaitForFirstConsumer"))
        {
            errors.NotSupported(FieldPath.Of("volumeBindingMode"), storage.VolumeBindingMode, "Immediate", "WaitForFirstConsumer");
        }
    }

    protected override void ValidateUpdate(WriteContext context, StorageClass storage, StorageClass old, FieldErrors errors)
    {
        Validate(context, storage, errors);
        var (now, was) = (storage.Parameters.OrEmpty(), old.Parameters.OrEmpty());
        if (now.Count != was.Count || now.Any(one => !was.TryGetValue(one.Key, out var value) || value != one.Value))
        {
            errors.Forbidden(FieldPath.Of("parameters"), "updates to parameters are forbidden.");
        }
        if (storage.Provisioner != old.Provisioner)
        {
            errors.Forbidden(FieldPath.Of("provisioner"), "updates to provisioner are forbidden.");
        }
        if (storage.ReclaimPolicy != old.ReclaimPolicy)
        {
            errors.Forbidden(FieldPath.Of("reclaimPolicy"), "updates to reclaimPolicy are forbidden.");
        }
        if (storage.VolumeBindingMode != old.VolumeBindingMode)
        {
            errors.Invalid(FieldPath.Of("volumeBindingMode"), storage.VolumeBindingMode, "field is immutable");
        }
    }
}
