namespace Sampan.Api.ApiExtensions.V1;

public sealed class JSONSchemaPropsOrStringArray
{
    public List<string>? Property { get; set; }

    public JSONSchemaProps? Schema { get; set; }
}
