namespace Sampan.ControllerManager.SELinuxWarning;

/// <summary>Two pods that cannot use one volume on one node at the same time, seen from the first one.</summary>
internal sealed record SELinuxConflict(string Property, ObjectKey Pod, string Value, ObjectKey Other, string OtherValue)
{
    public string Reason => Property + "Conflict";

    /// <summary>A pod of another namespace is not named.</summary>
    public string Message => Pod.Namespace == Other.Namespace
        ? $"{Property} \"{Value}\" conflicts with pod {Other.Name} that uses the same volume as this pod with {Property} \"{OtherValue}\". If both pods land on the same node, only one of them may access the volume."
        : $"{Property}\"{Value}\" conflicts with another pod that uses the same volume as this pod with a different {Property}. If both pods land on the same node, only one of them may access the volume.";

    public static IEnumerable<SELinuxConflict> Between(ObjectKey pod, VolumeUse use, ObjectKey other, VolumeUse otherUse)
    {
        if (use.Policy != otherUse.Policy) yield return new("SELinuxChangePolicy", pod, use.Policy, other, otherUse.Policy);
        if (SELinuxLabel.Conflict(use.Label, otherUse.Label)) yield return new("SELinuxLabel", pod, use.Label, other, otherUse.Label);
    }
}
