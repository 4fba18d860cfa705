using Sampan.Api;
using Sampan.Api.Storage.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Storage;

/// <summary>What CSI drivers say of a node.</summary>
internal sealed class CSINodeStrategy : Strategy<CSINode>
{
    private const int MaxNodeId = 256;

    public override bool AllowUnconditionalUpdate => false;

    public override bool ReturnDeletedObject => true;

    protected override void Validate(WriteContext context, CSINode node, FieldErrors errors)
    {
        var names = new HashSet<string>();
        foreach (var (index, driver) in node.Spec.Drivers.Index())
        {
            Driver(driver, names, FieldPath.Of("spec").Child("drivers").Index(index), errors);
        }
    }

    protected override void ValidateUpdate(WriteContext context, CSINode node, CSINode old, FieldErrors errors)
    {
        Validate(context, node, errors);
        var drivers = node.Spec.Drivers.ToLookup(driver => driver.Name);
        foreach (var was in old.Spec.Drivers)
        {
            foreach (var driver in drivers[was.Name])
            {
                // How much a node may still attach changes with its pods.
                var (a, b) = (driver.DeepClone(), was.DeepClone());
                (a.Allocatable, b.Allocatable) = (null, null);
                FieldChecks.Same(FieldPath.Of("spec").Child("drivers"), a, b, errors);
            }
        }
    }

    private static void Driver(CSINodeDriver driver, HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        FieldChecks.DriverName(path.Child("name"), driver.Name, errors);
        FieldChecks.Required(path.Child("nodeID"), driver.NodeID, errors);
        if (driver.NodeID.Length > MaxNodeId)
        {
            errors.Invalid(path.Child("nodeID"), driver.NodeID, $"must be {MaxNodeId} characters or less");
        }
        FieldChecks.NotNegative(path.Child("allocatable").Child("count"), driver.Allocatable?.Count, errors);
        if (!names.Add(driver.Name))
        {
            errors.Duplicate(path.Child("name"), driver.Name);
        }
        var keys = new HashSet<string>();
        foreach (var key in driver.TopologyKeys.OrEmpty())
        {
            FieldChecks.Required(path, key, errors);
            if (!keys.Add(key))
            {
                errors.Duplicate(path, key);
            }
            errors.Invalid(path, key, Names.IsQualifiedName(key));
        }
    }
}
