from threat_modeling.codebase.handlers.models import data_models

PYTHON = """
class Note(db.Model):
    id = db.Column(db.Integer)
    user_id = db.Column(db.Integer)
    secret = db.Column(db.String)

    def as_json(self):
        return {}


class LoginForm(FlaskForm):
    name = StringField()
"""
SEQUELIZE = """
class Basket extends Model {}
Basket.init({ ownerId: DataTypes.INTEGER, coupon: DataTypes.STRING }, { sequelize })
const Colour = sequelize.define('Colour', { name: DataTypes.STRING })
const userSchema = new mongoose.Schema({ email: String, password: String })
module.exports = mongoose.model('User', userSchema)
"""


def test_classes_with_columns_are_models_and_forms_are_not(project):
    models = data_models(project({"models.py": PYTHON}))
    assert set(models) == {"note"}
    assert models["note"].fields == {"id", "user_id", "secret"}
    assert models["note"].owned
    assert models["note"].secret_fields == ("secret",)
    assert models["note"].method("as_json") is not None
    assert models["note"].method("missing") is None


def test_models_of_sequelize_and_mongoose(project):
    models = data_models(project({"models.js": SEQUELIZE}))
    assert models["basket"].fields == {"ownerId", "coupon"}
    assert not models["colour"].owned
    assert models["user"].password_fields == ("password",)
