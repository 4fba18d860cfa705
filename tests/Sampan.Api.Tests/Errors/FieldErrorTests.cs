namespace Sampan.Api.Tests.Errors;

public class FieldErrorTests
{
    private static readonly FieldPath Path = FieldPath.Of("spec").Child("containers").Index(0).Child("name");

    [Fact]
    public void ToString_Path_HasIndexesAndKeys()
    {
        Assert.Equal("spec.containers[0].name", Path.ToString());
        Assert.Equal("metadata.labels[a/b]", FieldPath.Of("metadata", "labels").Key("a/b").ToString());
    }

    [Fact]
    public void ToString_EachType_IsUpstreams()
    {
        Assert.Equal("spec.containers[0].name: Required value", FieldError.Required(Path).ToString());
        Assert.Equal("spec.containers[0].name: Required value: say more", FieldError.Required(Path, "say more").ToString());
        Assert.Equal("spec.containers[0].name: Invalid value: \"a\\\"b\": no quotes", FieldError.Invalid(Path, "a\"b", "no quotes").ToString());
        Assert.Equal("spec.containers[0].name: Invalid value: -1: too small", FieldError.Invalid(Path, -1, "too small").ToString());
        Assert.Equal("spec.containers[0].name: Invalid value: null", FieldError.Invalid(Path, null, "").ToString());
        Assert.Equal("spec.containers[0].name: Invalid value: {\"a\":\"b\"}", FieldError.Invalid(Path, new Dictionary<string, string> { ["a"] = "b" }, "").ToString());
        Assert.Equal("spec.containers[0].name: Invalid value: 80", FieldError.Invalid(Path, new IntOrString(80), "").ToString());
        Assert.Equal("spec.containers[0].name: Invalid value: \"1Gi\"", FieldError.Invalid(Path, Quantity.Parse("1Gi"), "").ToString());
        Assert.Equal("spec.containers[0].name: Unsupported value: \"x\": supported values: \"a\", \"b\"", FieldError.NotSupported(Path, "x", ["a", "b"]).ToString());
        Assert.Equal("spec.containers[0].name: Duplicate value: \"x\"", FieldError.Duplicate(Path, "x").ToString());
        Assert.Equal("spec.containers[0].name: Forbidden: no", FieldError.Forbidden(Path, "no").ToString());
        Assert.Equal("spec.containers[0].name: Not found: \"v\"", FieldError.NotFound(Path, "v").ToString());
        Assert.Equal("spec.containers[0].name: Too long: may not be more than 5 bytes", FieldError.TooLong(Path, 5).ToString());
        Assert.Equal("spec.containers[0].name: Too many: 7: must have at most 5 items", FieldError.TooMany(Path, 7, 5).ToString());
    }

    [Fact]
    public void ToString_List_ShowsEachTextOnce()
    {
        FieldErrors errors = new();
        errors.Required(FieldPath.Of("a"));
        Assert.Equal("a: Required value", errors.ToString());
        errors.Required(FieldPath.Of("a"));
        errors.Forbidden(FieldPath.Of("b"), "no");
        Assert.Equal("[a: Required value, b: Forbidden: no]", errors.ToString());
    }

    [Fact]
    public void Invalid_ManyErrors_TellsTheFirst()
    {
        FieldErrors errors = new();
        FieldErrors more = new();
        for (int i = 0; i < 60_000; i++)
        {
            errors.Required(Path.Index(i));
            more.Required(Path.Index(i));
        }
        errors.AddRange(more);

        var status = StatusException.Invalid(new GroupKind("", "Pod"), "p", errors).Status;
        Assert.Equal(120_000, errors.Count);
        Assert.Equal(FieldErrors.MaxKept, status.Details!.Causes!.Count);
        Assert.EndsWith("name[999]: Required value, and 119000 more]", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_LargeValues_TellsTheFirst()
    {
        FieldErrors errors = new();
        for (int i = 0; i < 100; i++)
        {
            errors.Invalid(Path.Index(i), new string('x', 600_000), "too large");
        }

        var status = StatusException.Invalid(new GroupKind("", "Pod"), "p", errors).Status;
        Assert.Equal(2, status.Details!.Causes!.Count);
        Assert.EndsWith("and 98 more]", status.Message, StringComparison.Ordinal);
    }
}
