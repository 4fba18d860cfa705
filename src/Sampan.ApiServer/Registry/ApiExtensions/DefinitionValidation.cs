using Sampan.Api;
using Sampan.Api.ApiExtensions.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.ApiExtensions;

/// <summary>Checks of custom resource definitions. Upstream: apiextensions-apiserver/pkg/apis/apiextensions/validation.</summary>
internal static class DefinitionValidation
{
    private const string Approval = "api-approved.kubernetes.io";

    public static void Validate(CustomResourceDefinition definition, CustomResourceDefinition? old, FieldErrors errors)
    {
        var (spec, path) = (definition.Spec, FieldPath.Of("spec"));
        if (old is null && definition.Metadata.Name != $"{spec.Names.Plural}.{spec.Group}")
        {
            errors.Invalid(FieldPath.Of("metadata").Child("name"), definition.Metadata.Name, "must be spec.names.plural+\".\"+spec.group");
        }
        ValidateSpec(spec, old?.Spec, path, errors);
        if (old is not null)
        {
            ValidateFrozen(spec, old, path, errors);
        }
        DefinitionNamesValidation.Validate(definition.Status.AcceptedNames, FieldPath.Of("status").Child("acceptedNames"), errors);
        ValidateStored(definition, FieldPath.Of("status").Child("storedVersions"), errors);
        ValidateApproval(definition, old, errors);
        if (spec.PreserveUnknownFields && old?.Spec.PreserveUnknownFields != true)
        {
            errors.Invalid(
                path.Child("preserveUnknownFields"), true, "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead");
        }
    }

    private static void ValidateFrozen(CustomResourceDefinitionSpec spec, CustomResourceDefinition old, FieldPath path, FieldErrors errors)
    {
        if (old.Status.Conditions.OrEmpty().Any(condition => condition is { Type: "Established", Status: "True" }))
        {
            FieldChecks.Same(path.Child("scope"), spec.Scope, old.Spec.Scope, errors);
            FieldChecks.Same(path.Child("names").Child("kind"), spec.Names.Kind, old.Spec.Names.Kind, errors);
        }
        FieldChecks.Same(path.Child("group"), spec.Group, old.Spec.Group, errors);
        FieldChecks.Same(path.Child("names").Child("plural"), spec.Names.Plural, old.Spec.Names.Plural, errors);
    }

    private static void ValidateSpec(CustomResourceDefinitionSpec spec, CustomResourceDefinitionSpec? old, FieldPath path, FieldErrors errors)
    {
        ValidateGroup(spec.Group, path.Child("group"), errors);
        FieldChecks.RequiredOneOf(path.Child("scope"), spec.Scope, errors, "Cluster", "Namespaced");
        foreach (var (index, version) in spec.Versions.Index())
        {
            if (version.Schema?.OpenAPIV3Schema is null)
            {
                errors.Required(path.Child("versions").Index(index).Child("schema").Child("openAPIV3Schema"), "schemas are required");
            }
        }
        var known = (old?.Versions).OrEmpty().ToLookup(one => one.Name);
        foreach (var (index, version) in spec.Versions.Index())
        {
            var before = known[version.Name].FirstOrDefault();
            DefinitionVersionValidation.Validate(version, before, path.Child("versions").Index(index), errors);
        }
        if (spec.Versions.DistinctBy(version => version.Name).Count() != spec.Versions.Count)
        {
            errors.Invalid(path.Child("versions"), spec.Versions, "must contain unique version names");
        }
        if (spec.Versions.Count(version => version.Storage) != 1)
        {
            errors.Invalid(path.Child("versions"), spec.Versions, "must have exactly one version marked as storage version");
        }
        var names = path.Child("names");
        FieldChecks.Required(names.Child("plural"), spec.Names.Plural, errors);
        FieldChecks.Required(names.Child("singular"), spec.Names.Singular, errors);
        FieldChecks.Required(names.Child("kind"), spec.Names.Kind, errors);
        FieldChecks.Required(names.Child("listKind"), spec.Names.ListKind, errors);
        DefinitionNamesValidation.Validate(spec.Names, names, errors);
        DefinitionConversionValidation.Validate(spec, old, path.Child("conversion"), errors);
    }

    private static void ValidateGroup(string group, FieldPath path, FieldErrors errors)
    {
        if (group.Length == 0)
        {
            errors.Required(path);
        }
        else if (Names.IsDns1123Subdomain(group) is { Count: > 0 } wrong)
        {
            errors.Invalid(path, group, string.Join(',', wrong));
        }
        else if (!group.Contains('.', StringComparison.Ordinal))
        {
            errors.Invalid(path, group, "should be a domain with at least one dot");
        }
    }

    private static void ValidateStored(CustomResourceDefinition definition, FieldPath path, FieldErrors errors)
    {
        var stored = definition.Status.StoredVersions.OrEmpty();
        if (stored.Count == 0)
        {
            errors.Invalid(path, stored, "must have at least one stored version");
            return;
        }
        foreach (var version in definition.Spec.Versions.Where(version => version.Storage && !stored.Contains(version.Name)))
        {
            errors.Invalid(path, stored, $"must have the storage version {version.Name}");
        }
        var names = definition.Spec.Versions.Select(version => version.Name).ToHashSet();
        foreach (var (index, name) in stored.Index())
        {
            if (!names.Contains(name))
            {
                errors.Invalid(
                    path.Index(index), name,
                    $"missing from spec.versions; {name} was previously a storage version, and must remain in spec.versions until a storage "
                    + $"migration ensures no data remains persisted in {name} and removes {name} from status.storedVersions");
            }
        }
    }

    /// <summary>Groups of the community are for those who can show its approval.</summary>
    private static void ValidateApproval(CustomResourceDefinition definition, CustomResourceDefinition? old, FieldErrors errors)
    {
        var group = definition.Spec.Group;
        var isProtected = group is "k8s.io" or "kubernetes.io"
            || group.EndsWith(".k8s.io", StringComparison.Ordinal) || group.EndsWith(".kubernetes.io", StringComparison.Ordinal);
        var given = definition.Metadata.Annotations.OrEmpty().GetValueOrDefault(Approval) ?? "";
        if (!isProtected || (old is not null && given == (old.Metadata.Annotations.OrEmpty().GetValueOrDefault(Approval) ?? "")))
        {
            return;
        }
        var path = FieldPath.Of("metadata").Child("annotations").Key(Approval);
        if (given.Length == 0)
        {
            errors.Required(path, "protected groups must have approval annotation \"api-approved.kubernetes.io\", see https://github.com/kubernetes/enhancements/pull/1111");
        }
        else if (!given.StartsWith("unapproved", StringComparison.Ordinal) && !(Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Host.Length > 0))
        {
            errors.Invalid(
                path, given,
                "protected groups must have approval annotation \"api-approved.kubernetes.io\" with either a URL or a reason starting with \"unapproved\", see https://github.com/kubernetes/enhancements/pull/1111");
        }
    }
}
