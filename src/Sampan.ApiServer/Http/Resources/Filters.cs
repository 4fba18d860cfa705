using Sampan.Api;
using Sampan.Api.Selectors;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Makes the filter of a list or watch and refuses selectors over fields that the kind does not offer.</summary>
internal static class Filters
{
    public static ObjectFilter Of(RequestInfo info, ResourceDescriptor resource, ListParameters list)
    {
        foreach (var requirement in list.Fields.Requirements)
        {
            CheckSupported(resource, requirement.Field);
        }
        var name = info.Parts.Count > 1 ? info.Name : null;
        if (name is not null && !list.Fields.MatchesEverything && list.Fields.RequiresExactMatch("metadata.name") != name)
        {
            throw StatusException.BadRequest("fieldSelector metadata.name doesn't match requested name");
        }
        return new ObjectFilter
        {
            Namespace = info.Namespace,
            Name = name,
            Fields = Stored(resource, list.Fields),
            Labels = list.Labels,
        };
    }

    public static bool MatchesEverything(ObjectFilter filter) =>
        filter.Name is null && filter.Fields.MatchesEverything && filter.Labels.MatchesEverything;

    private static FieldSelector Stored(ResourceDescriptor resource, FieldSelector fields) =>
        resource.Conversion is not { } conversion || fields.MatchesEverything
            ? fields
            : new FieldSelector([.. fields.Requirements.Select(one => one with { Field = conversion.StoredField(one.Field) })]);

    private static void CheckSupported(ResourceDescriptor resource, string field)
    {
        var names = resource.Strategy.SelectableFieldNames;
        // A kind without fields of its own accepts a namespace in any case; there it matches nothing or everything.
        var takesNamespace = resource.Kind.Namespaced || names.Count == 0;
        if (field is "metadata.name" || (field is "metadata.namespace" && takesNamespace) || names.Contains(field))
        {
            return;
        }
        throw StatusException.BadRequest(names.Count == 0
            ? $"{GoText.Quote(field)} is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
            : $"field label not supported: {field}");
    }
}
