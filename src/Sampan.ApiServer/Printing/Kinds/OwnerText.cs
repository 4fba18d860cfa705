using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>How a cell names an object's controller.</summary>
internal static class OwnerText
{
    /// <summary>statefulset.apps/web.</summary>
    public static string ControllerOf(IObject value)
    {
        OwnerReference? owner = value.Metadata.OwnerReferences.OrEmpty().FirstOrDefault(reference => reference.Controller == true);
        if (owner is null)
        {
            return CellText.None;
        }

        GroupKind kind = GroupVersionKind.FromApiVersion(owner.ApiVersion, owner.Kind).GroupKind;
        return $"{kind.ToString().ToLowerInvariant()}/{owner.Name}";
    }
}
