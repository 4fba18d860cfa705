using Sampan.Api;
using Sampan.Api.Storage.V1;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Storage;

/// <summary>How much a driver can still provision in a part of the cluster.</summary>
internal sealed class CSIStorageCapacityStrategy : Strategy<CSIStorageCapacity>
{
    public override bool AllowUnconditionalUpdate => false;

    protected override void Validate(WriteContext context, CSIStorageCapacity capacity, FieldErrors errors) => Validate(capacity, null, errors);

    private static void Validate(CSIStorageCapacity capacity, CSIStorageCapacity? old, FieldErrors errors)
    {
        LabelSelectorValidation.Validate(capacity.NodeTopology, FieldPath.Of("nodeTopology"), errors, old?.NodeTopology);
        errors.Invalid(FieldPath.Of("storageClassName"), capacity.StorageClassName, Names.IsDns1123Subdomain(capacity.StorageClassName));
        if (capacity.Capacity is { Sign: < 0 } amount)
        {
            errors.Invalid(FieldPath.Of("capacity"), amount, "must be greater than or equal to 0");
        }
    }

    protected override IEnumerable<string> Warnings(WriteContext context, CSIStorageCapacity capacity, CSIStorageCapacity? old) =>
        NodeLabelWarnings.OfLabelSelector(capacity.NodeTopology, FieldPath.Of("nodeTopology"));

    protected override void ValidateUpdate(WriteContext context, CSIStorageCapacity capacity, CSIStorageCapacity old, FieldErrors errors)
    {
        Validate(capacity, old, errors);
        FieldChecks.Same(FieldPath.Of("nodeTopology"), capacity.NodeTopology, old.NodeTopology, errors);
        FieldChecks.Same(FieldPath.Of("storageClassName"), capacity.StorageClassName, old.StorageClassName, errors);
    }
}
