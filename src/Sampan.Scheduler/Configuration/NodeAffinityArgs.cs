using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Configuration;

/// <summary>A node affinity that every pod of the profile has besides its own.</summary>
public sealed class NodeAffinityArgs : IPluginArgs
{
    public NodeAffinity? AddedAffinity { get; set; }

    public void Validate(FieldPath path, FieldErrors errors)
    {
        var added = path.Child("addedAffinity");
        var required = AddedAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? [];
        for (var i = 0; i < required.Count; i++)
        {
            Validate(required[i], added.Child("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms").Index(i), errors);
        }
        var preferred = AddedAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? [];
        for (var i = 0; i < preferred.Count; i++)
        {
            Validate(preferred[i].Preference, added.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i), errors);
        }
    }

    private static void Validate(NodeSelectorTerm term, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < term.MatchExpressions.OrEmpty().Count; i++)
        {
            Validate(term.MatchExpressions![i], path.Child("matchExpressions").Index(i), errors);
        }
        for (var i = 0; i < term.MatchFields.OrEmpty().Count; i++)
        {
            var field = term.MatchFields![i];
            if (field.Operator is not ("In" or "NotIn")) errors.NotSupported(path.Child("matchFields").Index(i).Child("operator"), field.Operator, "In", "NotIn");
        }
    }

    private static void Validate(NodeSelectorRequirement requirement, FieldPath path, FieldErrors errors)
    {
        errors.Invalid(path.Child("key"), requirement.Key, Names.IsQualifiedName(requirement.Key));
        var values = requirement.Values.OrEmpty().Count;
        switch (requirement.Operator)
        {
            case "In" or "NotIn" when values == 0:
                errors.Invalid(path.Child("values"), "", "for 'in', 'notin' operators, values set can't be empty");
                break;
            case "Exists" or "DoesNotExist" when values > 0:
                errors.Invalid(path.Child("values"), "", "values set must be empty for exists and does not exist");
                break;
            case "Gt" or "Lt" when values != 1:
                errors.Invalid(path.Child("values"), "", "for 'Gt', 'Lt' operators, exactly one value is required");
                break;
            case not ("In" or "NotIn" or "Exists" or "DoesNotExist" or "Gt" or "Lt"):
                errors.NotSupported(path.Child("operator"), requirement.Operator, "DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn");
                break;
        }
    }
}
