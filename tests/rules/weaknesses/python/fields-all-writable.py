from rest_framework import serializers

class UserSerializer(serializers.ModelSerializer):
    class Meta:
        # ruleid: fields-all-writable
        fields = "__all__"

class OtherSerializer(serializers.ModelSerializer):
    class Meta:
        # ok: fields-all-writable
        fields = ("name", "email")
