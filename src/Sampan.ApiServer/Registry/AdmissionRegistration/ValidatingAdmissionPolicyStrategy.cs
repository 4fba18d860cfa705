using System.Text;
using Sampan.Api;
using Sampan.Api.AdmissionRegistration.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.AdmissionRegistration;

/// <summary>Validating admission policies.</summary>
internal sealed class ValidatingAdmissionPolicyStrategy() : SpecStatusStrategy<ValidatingAdmissionPolicy>(Parts)
{
    private const int MaxAnnotations = 20;
    private const int MaxAnnotationExpression = 5 * 1024;

    private static readonly SpecStatus<ValidatingAdmissionPolicy> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        policy => policy.Status = new ValidatingAdmissionPolicyStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec))
    {
        StatusKeepsMetadata = true,
    };

    public override bool AllowsBareFinalizers => true;

    public override bool AllowUnconditionalUpdate => false;

    protected override void Default(ValidatingAdmissionPolicy policy)
    {
        policy.Spec.FailurePolicy ??= "Fail";
        MatchResourcesDefaults.Apply(policy.Spec.MatchConstraints);
    }

    protected override void Validate(WriteContext context, ValidatingAdmissionPolicy policy, FieldErrors errors) => Validate(policy, null, errors);

    protected override void ValidateUpdate(
        WriteContext context, ValidatingAdmissionPolicy policy, ValidatingAdmissionPolicy old, FieldErrors errors) => Validate(policy, old, errors);

    private static void Validate(ValidatingAdmissionPolicy policy, ValidatingAdmissionPolicy? old, FieldErrors errors)
    {
        var (spec, path) = (policy.Spec, FieldPath.Of("spec"));
        PolicyValidation.FailurePolicy(spec.FailurePolicy, path.Child("failurePolicy"), errors);
        PolicyValidation.Kind(spec.ParamKind, path.Child("paramKind"), errors);
        PolicyValidation.Constraints(spec.MatchConstraints, path.Child("matchConstraints"), errors);
        if (old is null || !FieldChecks.AreEqual(spec.ParamKind, old.Spec.ParamKind) || !FieldChecks.AreEqual(spec.MatchConditions, old.Spec.MatchConditions))
        {
            MatchConditionValidation.Validate(spec.MatchConditions, path.Child("matchConditions"), errors);
        }
        PolicyValidation.Variables(spec.Variables, path.Child("variables"), errors);
        if (spec.Validations.OrEmpty().Count + spec.AuditAnnotations.OrEmpty().Count == 0)
        {
            const string AtLeastOne = "validations or auditAnnotations must contain at least one item";
            errors.Required(path.Child("validations"), AtLeastOne);
            errors.Required(path.Child("auditAnnotations"), AtLeastOne);
            return;
        }
        foreach (var (index, validation) in spec.Validations.OrEmpty().Index())
        {
            ValidateOne(validation, path.Child("validations").Index(index), errors);
        }
        ValidateAnnotations(policy.Metadata.Name, spec.AuditAnnotations, path.Child("auditAnnotations"), errors);
    }

    protected override void ValidateStatusUpdate(
        WriteContext context, ValidatingAdmissionPolicy policy, ValidatingAdmissionPolicy old, FieldErrors errors)
    {
        var path = FieldPath.Of("status");
        foreach (var (index, warning) in (policy.Status.TypeChecking?.ExpressionWarnings).OrEmpty().Index())
        {
            var at = path.Child("typeChecking").Child("expressionWarnings").Index(index);
            FieldChecks.Required(at.Child("warning"), warning.Warning, errors);
            FieldChecks.Required(at.Child("fieldRef"), warning.FieldRef, errors);
        }
        ConditionValidation.Validate(policy.Status.Conditions, path.Child("conditions"), errors);
    }

    private static void ValidateOne(Api.AdmissionRegistration.V1.Validation validation, FieldPath path, FieldErrors errors)
    {
        FieldChecks.Required(path.Child("expression"), validation.Expression.Trim(), errors, "expression is not specified");
        if (validation.MessageExpression is { Length: > 0 } expression && string.IsNullOrWhiteSpace(expression))
        {
            errors.Invalid(path.Child("messageExpression"), expression, "must be non-empty if specified");
        }
        if (validation.Message is { Length: > 0 } message)
        {
            if (string.IsNullOrWhiteSpace(message))
            {
                errors.Invalid(path.Child("message"), message, "message must be non-empty if specified");
            }
            else if (message.Trim().AsSpan().ContainsAny("\r\n"))
            {
                errors.Invalid(path.Child("message"), message, "message must not contain line breaks");
            }
        }
        FieldChecks.OneOf(path.Child("reason"), validation.Reason, errors, "Forbidden", "Invalid", "RequestEntityTooLarge");
    }

    private static void ValidateAnnotations(string policy, List<AuditAnnotation>? annotations, FieldPath path, FieldErrors errors)
    {
        if (annotations.OrEmpty().Count > MaxAnnotations)
        {
            errors.Invalid(path, annotations, $"must not have more than {MaxAnnotations} auditAnnotations");
        }
        var keys = new HashSet<string>();
        foreach (var (index, annotation) in annotations.OrEmpty().Index())
        {
            var at = path.Index(index);
            var key = policy.Length > 0 ? $"{policy}/{annotation.Key}" : annotation.Key;
            errors.Invalid(at.Child("key"), key, Names.IsQualifiedName(key));
            if (string.IsNullOrWhiteSpace(annotation.ValueExpression))
            {
                errors.Required(at.Child("valueExpression"), "valueExpression is not specified");
            }
            else if (Encoding.UTF8.GetByteCount(annotation.ValueExpression.Trim()) > MaxAnnotationExpression)
            {
                errors.Required(at.Child("valueExpression"), $"must not exceed {MaxAnnotationExpression} bytes in length");
            }
            if (!keys.Add(annotation.Key))
            {
                errors.Duplicate(at.Child("key"), annotation.Key);
            }
        }
    }
}
