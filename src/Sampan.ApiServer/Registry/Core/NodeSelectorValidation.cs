using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of selectors of nodes.</summary>
internal static class NodeSelectorValidation
{
    public static void Validate(NodeSelector selector, FieldPath path, FieldErrors errors)
    {
        var at = path.Child("nodeSelectorTerms");
        if (selector.NodeSelectorTerms.Count == 0)
        {
            errors.Required(at, "must have at least one node selector term");
        }
        foreach (var (index, term) in selector.NodeSelectorTerms.Index())
        {
            Term(term, at.Index(index), errors);
        }
    }

    /// <param name="checkValues">Whether values must be ones that labels can have; a preference need not.</param>
    public static void Term(NodeSelectorTerm term, FieldPath path, FieldErrors errors, bool checkValues = true)
    {
        foreach (var (index, requirement) in term.MatchExpressions.OrEmpty().Index())
        {
            Expression(requirement, path.Child("matchExpressions").Index(index), errors, checkValues);
        }
        foreach (var (index, requirement) in term.MatchFields.OrEmpty().Index())
        {
            Field(requirement, path.Child("matchFields").Index(index), errors);
        }
    }

    private static void Expression(NodeSelectorRequirement requirement, FieldPath path, FieldErrors errors, bool checkValues)
    {
        var values = requirement.Values.OrEmpty();
        switch (requirement.Operator)
        {
            case "In" or "NotIn" when values.Count == 0:
                errors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when values.Count > 0:
                errors.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case "Gt" or "Lt" when values.Count != 1:
                errors.Required(path.Child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'");
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist" or "Gt" or "Lt":
                break;
            default:
                errors.Invalid(path.Child("operator"), requirement.Operator, "not a valid selector operator");
                break;
        }
        errors.Invalid(path.Child("key"), requirement.Key, Names.IsQualifiedName(requirement.Key));
        foreach (var (index, value) in checkValues ? values.Index() : [])
        {
            errors.Invalid(path.Child("values").Index(index), value, Names.IsLabelValue(value));
        }
    }

    /// <summary>The only field is the node's name, and it is compared with one name.</summary>
    private static void Field(NodeSelectorRequirement requirement, FieldPath path, FieldErrors errors)
    {
        if (requirement.Operator is not ("In" or "NotIn"))
        {
            errors.Invalid(path.Child("operator"), requirement.Operator, "not a valid selector operator");
        }
        else if (requirement.Values.OrEmpty().Count != 1)
        {
            errors.Required(path.Child("values"), "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }
        if (requirement.Key != "metadata.name")
        {
            errors.Invalid(path.Child("key"), requirement.Key, "not a valid field selector key");
            return;
        }
        foreach (var (index, value) in requirement.Values.OrEmpty().Index())
        {
            errors.Invalid(path.Child("values").Index(index), value, Names.IsDns1123Subdomain(value));
        }
    }
}
