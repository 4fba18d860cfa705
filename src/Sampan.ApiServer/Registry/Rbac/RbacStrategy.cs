using Sampan.Api;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Rbac;

/// <summary>Roles and bindings: their names may hold colons, and a PUT may create them.</summary>
internal sealed class RbacStrategy<T>(
    Action<T>? defaults = null, Action<T, FieldErrors>? validate = null, Action<T, T, FieldErrors>? validateUpdate = null)
    : PlainStrategy<T>(defaults, validate)
    where T : class, IObject<T>
{
    public override bool AllowCreateOnUpdate => true;

    public override NameCheck NameCheck => NameChecks.PathSegment;

    protected override void ValidateUpdate(WriteContext context, T obj, T old, FieldErrors errors)
    {
        Validate(context, obj, errors);
        validateUpdate?.Invoke(obj, old, errors);
    }
}
