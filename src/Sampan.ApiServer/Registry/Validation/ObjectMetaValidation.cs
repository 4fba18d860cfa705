using System.Text;
using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry.Validation;

/// <summary>Rules of metadata that hold for every kind. Upstream: apimachinery/pkg/api/validation/objectmeta.go.</summary>
internal static class ObjectMetaValidation
{
    private const int MaxAnnotationBytes = 256 * 1024;
    private static readonly HashSet<string> StandardFinalizers = ["kubernetes", "orphan", "foregroundDeletion"];

    public static FieldErrors Validate(ObjectMeta meta, bool namespaced, NameCheck check)
    {
        var errors = new FieldErrors();
        var path = FieldPath.Of("metadata");
        if (!string.IsNullOrEmpty(meta.GenerateName))
        {
            errors.Invalid(path.Child("generateName"), meta.GenerateName, check(meta.GenerateName, true));
        }
        if (string.IsNullOrEmpty(meta.Name))
        {
            errors.Required(path.Child("name"), "name or generateName is required");
        }
        else
        {
            errors.Invalid(path.Child("name"), meta.Name, check(meta.Name, false));
        }
        ValidateNamespace(meta, namespaced, path.Child("namespace"), errors);
        ValidateShared(meta, path, errors);
        return errors;
    }

    public static FieldErrors ValidateUpdate(ObjectMeta meta, ObjectMeta old)
    {
        var errors = new FieldErrors();
        var path = FieldPath.Of("metadata");
        ValidateNewFinalizers(meta, old, path.Child("finalizers"), errors);
        Immutable(path.Child("name"), meta.Name, old.Name, errors);
        Immutable(path.Child("namespace"), meta.Namespace, old.Namespace, errors);
        Immutable(path.Child("uid"), meta.Uid, old.Uid, errors);
        Immutable(path.Child("creationTimestamp"), meta.CreationTimestamp, old.CreationTimestamp, errors);
        Immutable(path.Child("deletionTimestamp"), meta.DeletionTimestamp, old.DeletionTimestamp, errors);
        Immutable(path.Child("deletionGracePeriodSeconds"), meta.DeletionGracePeriodSeconds, old.DeletionGracePeriodSeconds, errors);
        ValidateShared(meta, path, errors);
        return errors;
    }

    public static void ValidateLabels(Dictionary<string, string>? labels, FieldPath path, FieldErrors errors)
    {
        foreach (var (key, value) in labels.OrEmpty())
        {
            errors.Invalid(path, key, Names.IsQualifiedName(key));
            errors.Invalid(path, value, Names.IsLabelValue(value));
        }
    }

    public static void ValidateAnnotations(Dictionary<string, string>? annotations, FieldPath path, FieldErrors errors)
    {
        long size = 0;
        foreach (var (key, value) in annotations.OrEmpty())
        {
            errors.Invalid(path, key, Names.IsQualifiedName(key.ToLowerInvariant()));
            size += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value);
        }
        if (size > MaxAnnotationBytes)
        {
            errors.TooLong(path, MaxAnnotationBytes);
        }
    }

    /// <summary>A finalizer's name has a domain, so that it is clear whose it is, unless Kubernetes gave it.</summary>
    public static void ValidateFinalizerDomains(ObjectMeta meta, Strategy strategy, FieldErrors errors)
    {
        foreach (var (index, finalizer) in strategy.AllowsBareFinalizers ? [] : meta.Finalizers.OrEmpty().Index())
        {
            ValidateFinalizerDomain(finalizer, FieldPath.Of("metadata").Child("finalizers").Index(index), errors);
        }
    }

    /// <summary>The metadata of a template, which gives labels and annotations and nothing else.</summary>
    public static void ValidateTemplate(ObjectMeta meta, FieldPath path, FieldErrors errors)
    {
        ValidateAnnotations(meta.Annotations, path.Child("annotations"), errors);
        ValidateLabels(meta.Labels, path.Child("labels"), errors);
        (string Field, bool IsSet)[] others =
        [
            ("name", !string.IsNullOrEmpty(meta.Name)), ("generateName", !string.IsNullOrEmpty(meta.GenerateName)),
            ("namespace", !string.IsNullOrEmpty(meta.Namespace)), ("selfLink", !string.IsNullOrEmpty(meta.SelfLink)),
            ("uID", !string.IsNullOrEmpty(meta.Uid)), ("resourceVersion", !string.IsNullOrEmpty(meta.ResourceVersion)),
            ("generation", meta.Generation != 0), ("creationTimestamp", meta.CreationTimestamp is not null),
            ("deletionTimestamp", meta.DeletionTimestamp is not null),
            ("deletionGracePeriodSeconds", meta.DeletionGracePeriodSeconds is not null), ("ownerReferences", meta.OwnerReferences is not null),
            ("finalizers", meta.Finalizers is not null), ("managedFields", meta.ManagedFields is not null),
        ];
        foreach (var (field, _) in others.Where(field => field.IsSet))
        {
            errors.Forbidden(path.Child(field), "cannot be set");
        }
    }

    public static void ValidateFinalizerName(string name, FieldPath path, FieldErrors errors)
    {
        errors.Invalid(path, name, Names.IsQualifiedName(name));
        ValidateFinalizerDomain(name, path, errors);
    }

    private static void ValidateFinalizerDomain(string name, FieldPath path, FieldErrors errors)
    {
        if (!name.Contains('/', StringComparison.Ordinal) && !StandardFinalizers.Contains(name))
        {
            errors.Invalid(path, name, "name is neither a standard finalizer name nor is it fully qualified");
        }
    }

    private static void ValidateNamespace(ObjectMeta meta, bool namespaced, FieldPath path, FieldErrors errors)
    {
        var given = meta.Namespace ?? "";
        if (!namespaced && given.Length > 0)
        {
            errors.Forbidden(path, "not allowed on this type");
        }
        else if (namespaced && given.Length == 0)
        {
            errors.Required(path, "");
        }
        else if (namespaced)
        {
            errors.Invalid(path, given, Names.IsDns1123Label(given));
        }
    }

    private static void ValidateShared(ObjectMeta meta, FieldPath path, FieldErrors errors)
    {
        ValidateLabels(meta.Labels, path.Child("labels"), errors);
        ValidateAnnotations(meta.Annotations, path.Child("annotations"), errors);
        ValidateOwners(meta, path.Child("ownerReferences"), errors);
        var finalizers = meta.Finalizers.OrEmpty();
        foreach (var finalizer in finalizers)
        {
            errors.Invalid(path.Child("finalizers"), finalizer, Names.IsQualifiedName(finalizer));
        }
        if (finalizers.Contains("orphan") && finalizers.Contains("foregroundDeletion"))
        {
            errors.Invalid(path.Child("finalizers"), finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    private static void ValidateOwners(ObjectMeta meta, FieldPath path, FieldErrors errors)
    {
        var controller = "";
        foreach (var owner in meta.OwnerReferences.OrEmpty())
        {
            NotEmpty(path.Child("apiVersion"), owner.ApiVersion, "version must not be empty", errors);
            NotEmpty(path.Child("kind"), owner.Kind, "must not be empty", errors);
            NotEmpty(path.Child("name"), owner.Name, "must not be empty", errors);
            NotEmpty(path.Child("uid"), owner.Uid, "must not be empty", errors);
            if (owner is { ApiVersion: "v1", Kind: "Event" })
            {
                errors.Invalid(path, owner.Name, "/v1, Kind=Event is disallowed from being an owner");
            }
            if (owner.Controller != true)
            {
                continue;
            }
            if (controller.Length > 0)
            {
                errors.Invalid(path, meta.OwnerReferences, "Only one reference can have Controller set to true. Found \"true\" in references for "
                    + $"{controller} and {owner.Kind}/{owner.Name}");
            }
            controller = $"{owner.Kind}/{owner.Name}";
        }
    }

    private static void ValidateNewFinalizers(ObjectMeta meta, ObjectMeta old, FieldPath path, FieldErrors errors)
    {
        if (old.DeletionTimestamp is null)
        {
            return;
        }
        var added = meta.Finalizers.OrEmpty().Except(old.Finalizers.OrEmpty()).ToList();
        if (added.Count > 0)
        {
            var names = string.Join(", ", added.Select(name => $"\"{name}\""));
            errors.Forbidden(path, $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{names}}}");
        }
    }

    private static void NotEmpty(FieldPath path, string? value, string detail, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(value))
        {
            errors.Invalid(path, value ?? "", detail);
        }
    }

    private static void Immutable<T>(FieldPath path, T value, T old, FieldErrors errors)
    {
        if (!EqualityComparer<T>.Default.Equals(value, old))
        {
            errors.Invalid(path, value, "field is immutable");
        }
    }
}
