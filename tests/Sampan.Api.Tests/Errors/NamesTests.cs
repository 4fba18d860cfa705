namespace Sampan.Api.Tests.Errors;

public class NamesTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("a-b1", true)]
    [InlineData("1a", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("A", false)]
    [InlineData("a.b", false)]
    [InlineData("a_b", false)]
    public void IsDns1123Label_Shapes(string name, bool valid) => Assert.Equal(valid, Names.IsDns1123Label(name).Count == 0);

    [Theory]
    [InlineData("a.b-c.d1", true)]
    [InlineData("a..b", false)]
    [InlineData(".a", false)]
    [InlineData("a.", false)]
    [InlineData("a.-b", false)]
    [InlineData("", false)]
    public void IsDns1123Subdomain_Shapes(string name, bool valid) => Assert.Equal(valid, Names.IsDns1123Subdomain(name).Count == 0);

    [Theory]
    [InlineData("abc", true)]
    [InlineData("1abc", false)]
    [InlineData("", false)]
    public void IsDns1035Label_Shapes(string name, bool valid) => Assert.Equal(valid, Names.IsDns1035Label(name).Count == 0);

    [Theory]
    [InlineData("a", true)]
    [InlineData("A_b.c", true)]
    [InlineData("example.com/name", true)]
    [InlineData("/name", false)]
    [InlineData("example.com/", false)]
    [InlineData("a/b/c", false)]
    [InlineData("Example.com/a", false)]
    [InlineData("_a", false)]
    [InlineData("", false)]
    public void IsQualifiedName_Shapes(string name, bool valid) => Assert.Equal(valid, Names.IsQualifiedName(name).Count == 0);

    [Theory]
    [InlineData("", true)]
    [InlineData("a_B.1", true)]
    [InlineData("a b", false)]
    [InlineData("-a", false)]
    public void IsLabelValue_Shapes(string value, bool valid) => Assert.Equal(valid, Names.IsLabelValue(value).Count == 0);

    [Theory]
    [InlineData("..data", "must not start with '..'")]
    [InlineData(".", "must not be '.'")]
    public void IsConfigMapKey_Dots_AreRefused(string key, string message) => Assert.Equal([message], Names.IsConfigMapKey(key));

    [Fact]
    public void Messages_AreUpstreams()
    {
        Assert.Equal(
            ["a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an "
                + "alphanumeric character (e.g. 'example.com', regex used for validation is "
                + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"],
            Names.IsDns1123Subdomain("A"));
        Assert.Equal(
            ["a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an "
                + "alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"],
            Names.IsDns1035Label("1"));
        Assert.Equal(["must not contain dots"], Names.IsDns1123Label("a.b"));
        Assert.Equal(["must be no more than 63 bytes"], Names.IsDns1123Label(new string('a', 64)));
        Assert.Equal(["must be between 1 and 65535, inclusive"], Names.IsPortNumber(0));
    }
}
