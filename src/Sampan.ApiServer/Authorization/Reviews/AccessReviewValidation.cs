using Sampan.Api;
using Sampan.Api.Authorization.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Authorization.Reviews;

/// <summary>What an access review must say. Upstream: pkg/apis/authorization/validation.</summary>
internal static class AccessReviewValidation
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static FieldErrors Validate(SubjectAccessReviewSpec spec)
    {
        var errors = ValidateEither(spec.ResourceAttributes, spec.NonResourceAttributes);
        if (string.IsNullOrEmpty(spec.User) && spec.Groups is not { Count: > 0 })
            errors.Invalid(Spec.Child("user"), spec.User ?? "", "at least one of user or group must be specified");
        AccessSelectorValidation.Validate(spec.ResourceAttributes, Spec.Child("resourceAttributes"), errors);
        return errors;
    }

    public static FieldErrors Validate(SelfSubjectAccessReviewSpec spec)
    {
        var errors = ValidateEither(spec.ResourceAttributes, spec.NonResourceAttributes);
        AccessSelectorValidation.Validate(spec.ResourceAttributes, Spec.Child("resourceAttributes"), errors);
        return errors;
    }

    public static FieldErrors Validate(LocalSubjectAccessReview review)
    {
        var errors = Validate(review.Spec);
        var metadata = review.Metadata.DeepClone();
        metadata.Namespace = "";
        ValidateMetadata(errors, metadata, "must be empty except for namespace");
        if (review.Spec.ResourceAttributes is { } resource && (resource.Namespace ?? "") != review.Metadata.Namespace)
            errors.Invalid(FieldPath.Of("spec.resourceAttributes.namespace"), resource.Namespace ?? "", "must match metadata.namespace");
        if (review.Spec.NonResourceAttributes is { } path)
            errors.Invalid(FieldPath.Of("spec.nonResourceAttributes"), path, "disallowed on this kind of request");
        return errors;
    }

    public static void ValidateMetadata(FieldErrors errors, ObjectMeta metadata, string message)
    {
        var given = metadata.DeepClone();
        given.ManagedFields = null;
        if (!given.DeepEquals(new ObjectMeta()))
            errors.Invalid(FieldPath.Of("metadata"), metadata, message);
    }

    private static FieldErrors ValidateEither(ResourceAttributes? resource, NonResourceAttributes? path)
    {
        var errors = new FieldErrors();
        if (resource is not null && path is not null)
            errors.Invalid(Spec.Child("nonResourceAttributes"), path, "cannot be specified in combination with resourceAttributes");
        if (resource is null && path is null)
        {
            errors.Invalid(
                Spec.Child("resourceAttributes"), null, "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }

        return errors;
    }
}
