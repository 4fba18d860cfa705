using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Configuration;

/// <summary>How pods without constraints of their own are spread.</summary>
public sealed class PodTopologySpreadArgs : IPluginArgs
{
    public const string System = "System";
    public const string List = "List";

    /// <summary>For <see cref="List"/>; their selectors are those of the pod's services and controllers.</summary>
    public List<TopologySpreadConstraint> DefaultConstraints { get; set; } = [];

    /// <summary>System: softly over nodes and zones. List: as <see cref="DefaultConstraints"/> says.</summary>
    public string DefaultingType { get; set; } = System;

    public void SetDefaults()
    {
        if (DefaultingType.Length == 0) DefaultingType = System;
    }

    public void Validate(FieldPath path, FieldErrors errors)
    {
        var type = path.Child("defaultingType");
        if (DefaultingType is not (System or List)) errors.NotSupported(type, DefaultingType, System, List);
        else if (DefaultingType == System && DefaultConstraints.Count > 0) errors.Invalid(type, DefaultingType, "when .defaultConstraints are not empty");
        for (var i = 0; i < DefaultConstraints.Count; i++) Validate(i, path.Child("defaultConstraints"), errors);
    }

    private void Validate(int index, FieldPath list, FieldErrors errors)
    {
        var (constraint, path) = (DefaultConstraints[index], list.Index(index));
        if (constraint.MaxSkew <= 0) errors.Invalid(path.Child("maxSkew"), constraint.MaxSkew, "not in valid range (0, inf)");
        if (constraint.TopologyKey.Length == 0) errors.Required(path.Child("topologyKey"), "can not be empty");
        else errors.Invalid(path.Child("topologyKey"), constraint.TopologyKey, Names.IsQualifiedName(constraint.TopologyKey));
        if (constraint.WhenUnsatisfiable.Length == 0) errors.Required(path.Child("whenUnsatisfiable"), "can not be empty");
        else if (constraint.WhenUnsatisfiable is not ("DoNotSchedule" or "ScheduleAnyway"))
        {
            errors.NotSupported(path.Child("whenUnsatisfiable"), constraint.WhenUnsatisfiable, "DoNotSchedule", "ScheduleAnyway");
        }
        if (constraint.LabelSelector is not null) errors.Forbidden(path.Child("labelSelector"), "constraint must not define a selector, as they deduced for each pod");
        if (DefaultConstraints.Take(index).Any(c => c.TopologyKey == constraint.TopologyKey && c.WhenUnsatisfiable == constraint.WhenUnsatisfiable))
        {
            errors.Duplicate(path, $"{{{constraint.TopologyKey}, {constraint.WhenUnsatisfiable}}}");
        }
    }
}
