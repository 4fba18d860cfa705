using Sampan.Api;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Rbac;

/// <summary>Roles and bindings: their names may hold colons, and a PUT may create them.</summary>
/// <param name="validate">Checks an object; the second is the one before an update.</param>
internal sealed class RbacStrategy<T>(Action<T, T?, FieldErrors> validate, Action<T>? defaults = null) : Strategy<T>
    where T : class, IObject<T>
{
    public override bool AllowCreateOnUpdate => true;

    public override NameCheck NameCheck => NameChecks.PathSegment;

    protected override void Default(T obj) => defaults?.Invoke(obj);

    protected override void Validate(WriteContext context, T obj, FieldErrors errors) => validate(obj, null, errors);

    protected override void ValidateUpdate(WriteContext context, T obj, T old, FieldErrors errors) => validate(obj, old, errors);
}
