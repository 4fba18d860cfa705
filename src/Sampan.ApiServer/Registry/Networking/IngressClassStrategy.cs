using System.Text;
using Sampan.Api;
using Sampan.Api.Networking.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Networking;

/// <summary>Ingress classes.</summary>
internal sealed class IngressClassStrategy() : SpecStatusStrategy<IngressClass>(Parts)
{
    private const int MaxController = 250;

    private static readonly SpecStatus<IngressClass> Parts = new(
        (from, to) => to.Spec = from.Spec, (_, _) => { }, _ => { }, (a, b) => a.Spec.DeepEquals(b.Spec));

    protected override void Default(IngressClass ingressClass)
    {
        if (ingressClass.Spec.Parameters is { } parameters)
        {
            parameters.Scope ??= "Cluster";
        }
    }

    protected override void Validate(WriteContext context, IngressClass ingressClass, FieldErrors errors)
    {
        var (controller, path) = (ingressClass.Spec.Controller ?? "", FieldPath.Of("spec").Child("controller"));
        if (Encoding.UTF8.GetByteCount(controller) > MaxController)
        {
            errors.TooLong(path, MaxController);
        }
        FieldChecks.DomainPrefixedPath(path, controller, errors);
        if (ingressClass.Spec.Parameters is { } parameters)
        {
            Validate(parameters, FieldPath.Of("spec").Child("parameters"), errors);
        }
    }

    protected override void ValidateUpdate(WriteContext context, IngressClass ingressClass, IngressClass old, FieldErrors errors)
    {
        FieldChecks.Same(FieldPath.Of("spec").Child("controller"), ingressClass.Spec.Controller, old.Spec.Controller, errors);
        Validate(context, ingressClass, errors);
    }

    private static void Validate(IngressClassParametersReference parameters, FieldPath path, FieldErrors errors)
    {
        if (parameters.ApiGroup is { } group)
        {
            errors.Invalid(path.Child("apiGroup"), group, Names.IsDns1123Subdomain(group));
        }
        FieldChecks.RequiredSegment(path.Child("kind"), parameters.Kind, errors, "kind is required");
        FieldChecks.RequiredSegment(path.Child("name"), parameters.Name, errors, "name is required");
        switch (parameters.Scope)
        {
            case null:
                errors.Required(path.Child("scope"));
                break;
            case "Namespace" when parameters.Namespace is null:
                errors.Required(path.Child("namespace"), "`parameters.scope` is set to 'Namespace'");
                break;
            case "Namespace":
                errors.Invalid(path.Child("namespace"), parameters.Namespace, Names.IsDns1123Label(parameters.Namespace));
                break;
            case "Cluster" when parameters.Namespace is not null:
                errors.Forbidden(path.Child("namespace"), "`parameters.scope` is set to 'Cluster'");
                break;
            default:
                FieldChecks.OneOf(path.Child("scope"), parameters.Scope, errors, "Cluster", "Namespace");
                break;
        }
    }
}
